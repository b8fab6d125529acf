using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Arch;
using EdgeRnn.Converter.Import.Containers;

namespace EdgeRnn.Tests;

/// <summary>
/// Encoder-decoders against PyTorch, which computed every window by itself: tests/vectors/seq2seq/make.py. Repeated context with
/// reversed target, autoregressive from the last input, zero feedback, an endless window; overlapping windows and side by side.
/// </summary>
public sealed class EncoderDecoderTests
{
    /// <summary>Some 30 float32 steps in two orders of summation; measured: 7e-7.</summary>
    private const double Tolerance = 2e-6;

    [Theory]
    [InlineData("repeat", 4)]
    [InlineData("repeat", 10)]
    [InlineData("autoregressive", 3)]
    [InlineData("autoregressive", 12)]
    [InlineData("endless", 7)]
    [InlineData("zero", 5)]
    [InlineData("zero", 8)]
    public void Every_window_answers_as_pytorch_does(string name, int hop)
    {
        StreamRunner runner = new(Import(name, Arch(name, hop)));
        float[] x = NpyFile.Read(Vector($"{name}.x.npy")).Data;
        Tensor expected = NpyFile.Read(Vector($"{name}.hop{hop}.y.npy"));
        IReadOnlyList<float[]> answers = runner.Run(x);
        Assert.Equal((expected.Shape[0], expected.Shape[1]), (answers.Count, runner.Model.OutputSize));
        Agreement.Within(Tolerance, expected.Data, [.. answers.SelectMany(answer => answer)]);

        runner.Reset();
        Agreement.Within(0, [.. answers.SelectMany(answer => answer)], runner.RunFlat(x));
    }

    [Theory]
    [InlineData("repeat", 4, 3)]
    [InlineData("autoregressive", 3, 2)]
    [InlineData("endless", 7, 1)]
    [InlineData("zero", 8, 4)]
    public void A_decoder_spread_over_time_steps_gives_the_same_bits_later(string name, int hop, int stepsPerTick)
    {
        JsonNode arch = Arch(name, hop);
        float[] x = NpyFile.Read(Vector($"{name}.x.npy")).Data;
        float[] burst = new StreamRunner(Import(name, arch)).RunFlat(x);
        arch["decoder"]!["stepsPerTick"] = stepsPerTick;
        // The last window's answer comes when the stream has gone on for a while.
        float[] spread = new StreamRunner(Import(name, arch)).RunFlat([.. x, .. new float[2 * hop]]);
        Agreement.Within(0, burst, spread[..burst.Length]);
    }

    private static RecurrentGraph Import(string name, JsonNode arch)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, arch.ToJsonString());
            return ArchImporter.Import(Vector(name), new ImportOptions { ArchPath = path });
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static JsonNode Arch(string name, int hop) => JsonNode.Parse(File.ReadAllText(Vector($"{name}.hop{hop}.arch.json")))!;

    private static string Vector(string file) => Path.Combine(Repository.Root, "tests", "vectors", "seq2seq", file);
}

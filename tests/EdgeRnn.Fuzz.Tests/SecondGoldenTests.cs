using System.Linq;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>A reader made from FORMAT.md alone replays the golden steps that the converter stored.</summary>
public sealed class SecondGoldenTests
{
    private const int Graphs = 80;

    [Fact]
    public void Golden_steps_of_random_float_models_replay()
    {
        for (int seed = 0; seed < Graphs; seed++) Replay(ErnnWriter.Write(RandomGraphs.Create(seed)), seed);
    }

    [Fact]
    public void Golden_steps_of_random_integer_models_replay_to_the_bit()
    {
        int exact = 0;
        for (int seed = 0; seed < 2 * Graphs; seed++)
        {
            if (Integers(RandomGraphs.Create(seed)) is { } file && Replay(file, seed)) exact++;
        }
        Assert.True(exact > Graphs / 2, $"only {exact} of {2 * Graphs} graphs have an integer form");
    }

    private static bool Replay(byte[] bare, int seed)
    {
        byte[] file = GoldenSteps.Append(bare);
        SecondGolden second = new(file);
        SelfTest test = new(file, Model.Load(file));
        Assert.Equal((test.IsExact, test.StepCount, test.Tolerance), (second.IsExact, second.StepCount, second.Tolerance));
        foreach (string difference in second.Replay()) Assert.Fail($"seed {seed}, {difference}");
        return second.IsExact;
    }

    // Null where an activation has no integer form. The second reader takes the index of an embedding without fraction bits alone.
    private static byte[]? Integers(RecurrentGraph graph)
    {
        if (graph.Main.Nodes.Concat(graph.Decoder?.Nodes ?? []).Any(node => node is EmbeddingNode)) return null;
        try
        {
            RecurrentGraph prepared = Quantizer.Prepare(graph);
            return ErnnWriter.Write(Quantizer.Quantize(prepared, IntervalBounds.Of(prepared), new QuantizationSettings()));
        }
        catch (ConversionException)
        {
            return null;
        }
    }
}

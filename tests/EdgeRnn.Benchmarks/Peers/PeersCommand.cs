using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary><c>peers</c>: the same networks on the same input in ONNX Runtime and PyTorch, answers compared before anything is timed.</summary>
public static class PeersCommand
{
    private const int SignalSteps = 64;
    private const float Agreement = 1e-5f;
    private const string Package = "onnxruntime-node", Python = "/usr/bin/python3";
    private static readonly TimeSpan _installLimit = TimeSpan.FromMinutes(5), _runLimit = TimeSpan.FromMinutes(1);

    /// <summary>What the npm and Python figures leave open; figures of another machine, of the class x64 with AVX-512.</summary>
    public const string HonestRivals =
        "Both are called from a script, as their users do; called from C the same libraries cost less. On another machine of this class, measured\n" +
        "once, from C: ONNX Runtime GRU 3440 / 3614 / 4202 / 6025 / 13900 ns a step, LSTM 3780 / 3909 / 4700 / 6877 / 17700; libtorch 1.13, cell called\n" +
        "directly, GRU 9180 / 9990 / 12500 / 22600 / 71200, at (1,16) / (4,32) / (8,64) / (16,128) / (40,256). These are the honest rivals.";

    /// <summary>Measures and prints.</summary>
    /// <param name="options">Rows, and whether to hurry.</param>
    /// <param name="modules">The folder that has, or gets, the npm package.</param>
    /// <param name="install">Whether npm may fetch it.</param>
    /// <param name="writer">Where to.</param>
    /// <returns>0, or 2 when answers differ.</returns>
    public static int Run(QuickOptions options, string modules, bool install, TextWriter writer)
    {
        List<Func<string, PeerResult>> peers = [];
        int milliseconds = options.Smoke ? 1 : 1500;
        try
        {
            string found = FindOrInstall(modules, install);
            peers.Add(folder => PeerProcess.Result(PeerProcess.Run("node",
                [ScriptPath("onnxruntime_step.cjs"), found, folder, Text(milliseconds)], _runLimit)));
        }
        catch (InvalidOperationException problem)
        {
            writer.WriteLine($"ONNX Runtime left out: {problem.Message}");
            peers.Add(_ => throw problem);
        }
        peers.Add(folder => PeerProcess.Result(PeerProcess.Run(Python, [ScriptPath("torch_step.py"), folder, Text(milliseconds)], _runLimit)));

        writer.WriteLine(RuntimeSettings.Machine);
        writer.WriteLine();
        writer.WriteLine("| network | EdgeRnn ns | ONNX Runtime, npm ns | of it the call alone ns | / ours | PyTorch ns | of it the call alone ns | / ours |");
        writer.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        SortedSet<string> notes = [];
        bool agree = true;
        foreach (BenchmarkCase network in options.Cases.Where(network => network.Scheme == Scheme.F32))
            agree &= Row(network, peers, options.Smoke ? Turns.Smoke : Turns.Full, writer, notes);
        writer.WriteLine();
        foreach (string note in notes) writer.WriteLine(note);
        writer.WriteLine(HonestRivals);
        return agree ? 0 : 2;
    }

    /// <summary>The largest difference of two lists of answers, NaN where one has a NaN.</summary>
    public static float LargestDifference(IReadOnlyList<float> a, IReadOnlyList<float> b) =>
        a.Count != b.Count ? float.NaN : a.Zip(b, (x, y) => MathF.Abs(x - y)).Aggregate(0f, MathF.Max);

    private static bool Row(BenchmarkCase network, List<Func<string, PeerResult>> peers, Turns turns, TextWriter writer, SortedSet<string> notes)
    {
        float[][] signal = network.Signal(SignalSteps);
        Session session = new(Model.Load(network.File()));
        float[] output = new float[1], answers = new float[SignalSteps];
        for (int step = 0; step < SignalSteps; step++)
        {
            session.Step(signal[step], 0, output, 0);
            answers[step] = output[0];
        }
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgernn-peers-");
        try
        {
            WriteCase(folder.FullName, network, signal);
            double before = OursNs();
            List<PeerResult?> results = [];
            bool agree = true;
            foreach (Func<string, PeerResult> peer in peers)
            {
                PeerResult result;
                try
                {
                    result = peer(folder.FullName);
                }
                catch (InvalidOperationException problem)
                {
                    notes.Add($"left out: {problem.Message}");
                    results.Add(null);
                    continue;
                }
                float difference = LargestDifference(answers, result.Answers);
                if (!(difference <= Agreement))
                {
                    Console.Error.WriteLine($"benchmarks: {network}: answers differ by {difference} from version {result.Version}, expected at most {Agreement}");
                    agree = false;
                }
                notes.Add($"{(results.Count == 0 ? "ONNX Runtime" : "PyTorch")} {result.Version}, one thread; answers compared to {Agreement}");
                results.Add(result);
            }
            // Before and after, since the peers run in processes of their own: the quieter of two moments.
            double ours = Math.Min(before, OursNs());
            IEnumerable<string> cells = results.Select(result => result == null ? " - | - | - |" : string.Create(CultureInfo.InvariantCulture,
                $" {result.Ns:F0} | {result.CallNs:F0} | {result.Ns / ours:F1} |"));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {network} | {ours:F0} |") + string.Concat(cells));
            return agree;
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        double OursNs()
        {
            int next = 0;
            return turns.Measure(times =>
            {
                for (; times > 0; times--) session.Step(signal[next++ & (SignalSteps - 1)], 0, output, 0);
            })[0].MedianNs;
        }
    }

    private static void WriteCase(string folder, BenchmarkCase network, float[][] signal)
    {
        CellWeights weights = network.Weights();
        float[] all = [.. weights.Input, .. weights.Recurrent, .. weights.Bias, .. weights.Head, weights.HeadBias];
        File.WriteAllBytes(Path.Combine(folder, "weights.bin"), MemoryMarshal.AsBytes(all.AsSpan()).ToArray());
        File.WriteAllBytes(Path.Combine(folder, "signal.bin"), MemoryMarshal.AsBytes(signal.SelectMany(x => x).ToArray().AsSpan()).ToArray());
        File.WriteAllBytes(Path.Combine(folder, "step.onnx"), OnnxFile.Step(network));
        File.WriteAllBytes(Path.Combine(folder, "identity.onnx"), OnnxFile.Identity(network));
        File.WriteAllText(Path.Combine(folder, "case.json"), JsonSerializer.Serialize(
            new { cell = network.Cell, input = network.InputSize, hidden = network.HiddenSize, steps = SignalSteps }));
    }

    private static string FindOrInstall(string folder, bool install)
    {
        string modules = Path.GetFullPath(Path.Combine(folder, "node_modules"));
        if (Directory.Exists(Path.Combine(modules, Package))) return modules;
        if (!install) throw new InvalidOperationException($"{Package} is not in {folder}; peers --install fetches it with npm, some 300 MB");
        Directory.CreateDirectory(folder);
        // Its scripts would fetch libraries for graphics cards.
        PeerProcess.Run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, Package], _installLimit);
        return modules;
    }

    private static string ScriptPath(string name) => Path.Combine(AppContext.BaseDirectory, "Peers", name);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

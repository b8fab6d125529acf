using System;
using System.Collections.Generic;
using System.IO;
using BenchmarkDotNet.Running;
using EdgeRnn.Converter.Measure;

namespace EdgeRnn.Benchmarks;

/// <summary><c>quick</c> measures at once; what begins with another option goes to BenchmarkDotNet.</summary>
public static class Program
{
    /// <summary>Returns 0, 1 for wrong usage, or 2 when an answer was wrong or a step allocated.</summary>
    public static int Main(string[] args)
    {
        string mode = args.Length == 0 ? "" : args[0];
        try
        {
            switch (mode)
            {
                case "quick" or "--quick": return Quick(QuickOptions.Parse(args[1..]));
                case "detector": return QuickCommand.Refuse("a detector", DetectorRun.Table(Console.Out, TurnsOf(args)));
                case "peers": return Peers(args[1..]);
                case "scaling": return Scaling(args[1..]);
                case "products": ProductRun.Table(Console.Out, TurnsOf(args)); return 0;
            }
            if (mode.Length > 0 && mode[0] != '-')
                throw new ArgumentException($"{mode} is not a mode, expected quick, peers, scaling, products, detector or options of BenchmarkDotNet");
        }
        catch (InvalidOperationException problem)
        {
            Console.Error.WriteLine($"benchmarks: {problem.Message}");
            return 2;
        }
        catch (ArgumentException problem)
        {
            Console.Error.WriteLine($"benchmarks: {problem.Message}");
            return 1;
        }
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }

    private static int Quick(QuickOptions options)
    {
        int code = QuickCommand.Run(options, Console.Out);
        // Every table of every mode, so that none rots.
        if (code != 0 || !options.Smoke || options.Json || !options.IsWhole) return code;
        ScalingRun.Run(Console.Out, null, smoke: true);
        ProductRun.Table(Console.Out, Turns.Smoke);
        return QuickCommand.Refuse("a detector", DetectorRun.Table(Console.Out, Turns.Smoke));
    }

    private static int Peers(string[] args)
    {
        List<string> rest = [.. args];
        bool install = rest.Remove("--install");
        int at = rest.IndexOf("--folder");
        string folder = Path.Combine(Path.GetTempPath(), "edgernn-peers");
        if (at >= 0)
        {
            if (at + 1 == rest.Count) throw new ArgumentException("--folder: its value is missing");
            folder = rest[at + 1];
            rest.RemoveRange(at, 2);
        }
        return PeersCommand.Run(QuickOptions.Parse(rest), folder, install, Console.Out);
    }

    private static int Scaling(string[] args)
    {
        string? folder = null;
        bool smoke = false;
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--smoke") smoke = true;
            else if (args[i] == "--plots" && i + 1 < args.Length) folder = args[++i];
            else throw new ArgumentException($"{args[i]}: expected --smoke or --plots FOLDER");
        }
        if (folder != null && !Directory.Exists(folder)) throw new ArgumentException($"--plots {folder}: there is no such folder");
        ScalingRun.Run(Console.Out, folder, smoke);
        return 0;
    }

    private static Turns TurnsOf(string[] args) => args.Length == 1 ? Turns.Full
        : args is [_, "--smoke"] ? Turns.Smoke : throw new ArgumentException($"{args[1]} is not an option of {args[0]}, expected --smoke");
}

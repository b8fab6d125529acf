using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Running;

namespace EdgeRnn.Benchmarks;

/// <summary><c>--quick [--smoke] [--json | --detector]</c> measures at once; anything else goes to BenchmarkDotNet.</summary>
public static class Program
{
    private const double QuickRunMs = 60, SmokeRunMs = 0.5;

    /// <summary>Returns 0, or 2 when a step allocated.</summary>
    public static int Main(string[] args)
    {
        if (!args.Contains("--quick"))
        {
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
            return 0;
        }
        string? unknown = args.FirstOrDefault(arg => arg is not ("--quick" or "--smoke" or "--json" or "--detector"));
        if (unknown != null)
        {
            Console.Error.WriteLine($"benchmarks: {unknown} is not an option of --quick, expected --smoke, --json or --detector");
            return 1;
        }
        double runMs = args.Contains("--smoke") ? SmokeRunMs : QuickRunMs;
        if (args.Contains("--detector")) return ExitCode("a detector", DetectorRun.Table(Console.Out, runMs));
        List<QuickResult> results = [.. BenchmarkCase.All.Select(network => new QuickRun(network, runMs).Measure())];
        long detectorBytes = 0;
        if (args.Contains("--json")) QuickReport.Json(Console.Out, results);
        else
        {
            QuickReport.Table(Console.Out, results);
            ProductRun.Table(Console.Out, runMs);
            detectorBytes = DetectorRun.Table(Console.Out, runMs);
        }
        QuickResult? allocating = results.Find(result => result.BytesPerStep != 0);
        return allocating == null ? ExitCode("a detector", detectorBytes) : ExitCode($"{allocating.Network}", allocating.BytesPerStep);
    }

    private static int ExitCode(string what, double bytes)
    {
        if (bytes == 0) return 0;
        Console.Error.WriteLine($"benchmarks: {what} allocates in steps, {bytes} bytes, expected 0");
        return 2;
    }
}

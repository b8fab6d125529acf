using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Measure;

namespace EdgeRnn.Benchmarks;

/// <summary><c>quick</c>: every asked for row, measured and printed.</summary>
public static class QuickCommand
{
    /// <summary>Measures and prints.</summary>
    /// <returns>0, or 2 when a step allocated.</returns>
    public static int Run(QuickOptions options, TextWriter writer)
    {
        Turns turns = options.Smoke ? Turns.Smoke : Turns.Full;
        List<QuickResult> results = [.. options.Cases.Select(network => new QuickRun(network, turns).Measure())];
        if (options.Json) QuickReport.Json(writer, results);
        else
        {
            writer.WriteLine(RuntimeSettings.Machine);
            writer.WriteLine();
            QuickReport.Table(writer, results);
            if (options.Best) SettingsRun.Table(writer, options, results);
            if (options.IsWhole)
            {
                RealModelRun.Table(writer, turns);
                BatchRun.Table(writer, turns);
            }
        }
        QuickResult? allocating = results.Find(result => result.AllocatedBytes != 0);
        return allocating == null ? 0 : Refuse($"{allocating.Network}", allocating.AllocatedBytes);
    }

    /// <summary>Says that something allocated.</summary>
    /// <returns>2, or 0 when nothing was.</returns>
    public static int Refuse(string what, long bytes)
    {
        if (bytes == 0) return 0;
        Console.Error.WriteLine($"benchmarks: {what} allocates in steps, {bytes} bytes, expected 0");
        return 2;
    }
}

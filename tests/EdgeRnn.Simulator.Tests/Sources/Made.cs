using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>Sources as scenarios make them.</summary>
internal static class Made
{
    public static ISource Source(string kind, ulong seed, params (string Name, string Value)[] options) =>
        SourceFactory.Create(kind, options.ToDictionary(option => option.Name, option => option.Value), seed, AppContext.BaseDirectory);

    public static int Output(this ISource source, string name) => Index(source.Outputs.Select(output => output.Name), name);

    public static int Setting(this ISource source, string name) => Index(source.Settings.Select(setting => setting.Name), name);

    public static double ValueOf(this ISource source, string output, double seconds) =>
        source.ValueOf(source.Output(output), (long)(seconds * 1e6));

    public static void Change(this ISource source, string setting, double to, double atSeconds, double overSeconds = 0) =>
        source.Change(source.Setting(setting), to, (long)(atSeconds * 1e6), (long)(overSeconds * 1e6));

    public static double[] Values(this ISource source, string output, double from, double to, double rate) =>
        [.. Enumerable.Range(0, (int)((to - from) * rate)).Select(i => source.ValueOf(output, from + i / rate))];

    public static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static int Index(IEnumerable<string> names, string name)
    {
        int index = names.ToList().IndexOf(name);
        Assert.True(index >= 0, name);
        return index;
    }
}

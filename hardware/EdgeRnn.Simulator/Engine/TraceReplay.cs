using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace EdgeRnn.Simulator;

/// <summary>
/// A trace whose channels are played onto the sensor's registers in place of the sources. What a sensor measured when it was read comes
/// out as the same bits; see the README of this folder for what cannot.
/// </summary>
public sealed class TraceReplay
{
    private const int MostLines = 50_000_000;

    private TraceReplay(IReadOnlyList<TraceSignal> signals) => Signals = signals;

    internal IReadOnlyList<TraceSignal> Signals { get; }

    /// <summary>Reads a trace.</summary>
    /// <param name="path">A CSV that a trace was written to.</param>
    /// <param name="scenario">The scenario whose sensors it is played onto.</param>
    /// <exception cref="ScenarioException">It cannot be read, or is no trace of these sensors; one line.</exception>
    public static TraceReplay Load(string path, Scenario scenario)
    {
        if (scenario.UsesCounts)
            throw new ScenarioException($"{path}: a trace of counts cannot be played: they have no unit; take a scenario without counts");
        try
        {
            using StreamReader reader = new(path);
            return Read(reader, path, scenario);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : error.Message.TrimEnd('.');
            throw new ScenarioException($"{path}: expected a trace: {reason}");
        }
    }

    private static TraceReplay Read(StreamReader reader, string path, Scenario scenario)
    {
        string[] header = reader.ReadLine()?.Split(',') ?? [];
        int score = Array.IndexOf(header, "score");
        if (header.Length < 3 || header[0] != "time" || score < 2)
            throw new ScenarioException($"{path}: expected a trace, with the columns time, the channels and score, found " +
                $"'{string.Join(',', header.Take(4))}'");
        string[] channels = header[1..score];
        List<double> times = [];
        List<double>[] columns = [.. channels.Select(_ => new List<double>())];
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            if (line > MostLines) throw new ScenarioException($"{path}: expected at most {MostLines} rows, found more");
            string[] cells = text.Split(',');
            if (cells.Length != header.Length)
                throw new ScenarioException($"{path}:{line}: expected {header.Length} cells, found {cells.Length}");
            times.Add(Number(cells[0], path, line) * 1e6);
            for (int i = 0; i < channels.Length; i++)
                columns[i].Add(cells[1 + i].Length == 0 ? double.NaN : Number(cells[1 + i], path, line));
        }
        RegisterMatch match = new(scenario);
        (int Column, int Place)[] played = [.. match.Inputs.Select((input, place) => (Array.IndexOf(channels, input.Channel), place))
            .Where(pair => pair.Item1 >= 0)];
        List<double>[] fed = [.. match.Inputs.Select(_ => new List<double>(times.Count))];
        double[] row = new double[fed.Length];
        for (int i = 0; i < times.Count; i++)
        {
            Array.Fill(row, double.NaN);
            foreach ((int column, int place) in played) row[place] = columns[column][i];
            match.Solve(row);
            for (int place = 0; place < row.Length; place++) fed[place].Add(row[place]);
        }
        long[] ends = Spread(times);
        TraceSignal[] signals = [.. played.Select(pair => TraceSignal.Of(match.Inputs[pair.Place].Sensor, match.Inputs[pair.Place].Input,
            ends, fed[pair.Place]))];
        if (signals.Length == 0)
            throw new ScenarioException($"{path}: expected channels of the scenario's sensors, found {string.Join(", ", channels)}; " +
                "is it a trace of another one?");
        return new TraceReplay(signals);
    }

    private static double Number(string text, string path, int line) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
            : throw new ScenarioException($"{path}:{line}: expected a number, found '{text[..Math.Min(text.Length, 40)]}'");

    // Samples that were taken in one turn were measured one after the other since the turn before.
    private static long[] Spread(List<double> times)
    {
        long[] ends = new long[times.Count];
        double turn = 0;
        for (int i = 1; i < times.Count && turn == 0; i++) turn = times[i] - times[i - 1];
        for (int first = 0, next; first < times.Count; first = next)
        {
            next = first;
            while (next < times.Count && times[next] == times[first]) next++;
            double before = first == 0 ? times[0] - turn : times[first - 1];
            for (int i = first; i < next; i++)
                ends[i] = (long)Math.Round(before + (times[first] - before) * (i - first + 1) / (next - first));
        }
        return ends;
    }
}

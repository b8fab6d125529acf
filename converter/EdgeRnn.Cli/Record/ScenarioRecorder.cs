using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using EdgeRnn.Cli.Output;
using EdgeRnn.Cli.Simulate;
using EdgeRnn.Firmware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Record;

/// <summary>A recording of a scenario's simulated sensor: the lines a device would print, into the file they would become.</summary>
internal static class ScenarioRecorder
{
    /// <summary>Records.</summary>
    /// <param name="named">A scenario's path, or the name of one that ships.</param>
    /// <param name="output">The CSV.</param>
    /// <param name="replaces">Whether a file of that name is replaced.</param>
    /// <param name="seed">The seed; null: the scenario's.</param>
    /// <param name="limits">When to end before the scenario does, or behind it.</param>
    /// <param name="report">Takes what came of it.</param>
    /// <param name="interrupted">Ends it; the rows so far are kept.</param>
    /// <exception cref="CommandException">Scenario or file cannot be used.</exception>
    public static void Run(string named, string output, bool replaces, ulong? seed, RecordLimits limits, Report report,
        CancellationToken interrupted)
    {
        Scenario scenario = ScenarioFiles.Load(named);
        ulong chosen = seed ?? scenario.Seed;
        using RecordingFile file = new(output, replaces, null, TimeProvider.System);
        Rows rows = new(file, limits.Samples);
        ScenarioRecording recording = ScenarioFiles.Naming(() =>
            new ScenarioRecording(scenario, chosen, rows, (long)(limits.Seconds * 1e6)));
        rows.IsFull = recording.Stop;
        using CancellationTokenRegistration stop = interrupted.Register(recording.Stop);
        recording.Run();
        rows.End();
        report.Line(OneLine.Of($"{scenario.FileName}, seed {chosen}, simulated -> {output}: " +
            $"{file.Rows} rows of {string.Join(", ", file.Header)}; " +
            $"{file.Missing} values missing"));
        report.Line(OneLine.Of($"Next: `edgernn calibrate MODEL.ernn --data {output} -o OUT.ernn`, with --range CHANNEL=LOW:HIGH for what a " +
            "sensor can give beyond what was recorded"));
        report.Document(new
        {
            source = scenario.FileName,
            seed = chosen,
            simulated = true,
            output,
            rows = file.Rows,
            columns = file.Header,
            missingValues = file.Missing,
            ended = interrupted.IsCancellationRequested ? "interrupt" : rows.IsAtLimit ? "samples" : "end",
        });
    }

    private sealed class Rows(RecordingFile file, int mostRows) : IReportSink
    {
        private readonly RowAssembler _rows = new([]);

        public Action? IsFull { get; set; }

        public bool IsAtLimit => mostRows > 0 && file.Rows >= mostRows;

        public void Write(byte[] text, int count) => Take(_rows.Add(Encoding.ASCII.GetString(text, 0, count).TrimEnd('\n'), 0));

        public void End() => Take(_rows.End());

        private void Take(IReadOnlyList<(IReadOnlyList<string> Values, long AtTicks)> complete)
        {
            foreach ((IReadOnlyList<string> values, _) in complete.TakeWhile(_ => !IsAtLimit)) file.Add(_rows.Columns!, values, 0);
            if (IsAtLimit) IsFull?.Invoke();
        }
    }
}

using System;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace EdgeRnn.Cli.Output;

/// <summary>A progress bar on standard error, for long work that a person watches.</summary>
internal static class ProgressBar
{
    private const long _worthShowingSteps = 200_000;

    /// <summary>Does the work, with a bar when it is long and standard error is a terminal.</summary>
    /// <param name="report">Whose terminal it is.</param>
    /// <param name="steps">How many steps there are.</param>
    /// <param name="work">Told where to report steps done, or null.</param>
    public static T During<T>(Report report, long steps, Func<Action<int>?, T> work) =>
        steps < _worthShowingSteps ? work(null) : During(report, steps, "steps", work);

    /// <summary>Does work that is always long, with a bar when standard error is a terminal.</summary>
    /// <param name="report">Whose terminal it is.</param>
    /// <param name="count">How much there is.</param>
    /// <param name="unit">Of what.</param>
    /// <param name="work">Told where to report what was done since it last did, or null.</param>
    public static T During<T>(Report report, long count, string unit, Func<Action<int>?, T> work)
    {
        if (!report.Terminal.ErrorIsTerminal || report.Json) return work(null);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(report.Terminal.Error) });
        // The signals end the process without unwinding it: a bar hides the cursor, which is given back.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => console.Cursor.Show());
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => console.Cursor.Show());
        return console.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask($"{Quantity.Count(count)} {unit}", maxValue: count);
            return work(done => task.Increment(done));
        });
    }
}

using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Cli.Output;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Simulate;

/// <summary>A scenario on a live page, until Ctrl-C.</summary>
internal static class WebSimulation
{
    /// <summary>Serves the page and runs the scenario for it.</summary>
    /// <param name="report">The page's address goes there, at once.</param>
    /// <param name="run">The scenario.</param>
    /// <param name="port">0: any that is free.</param>
    /// <param name="interrupted">Ends it.</param>
    /// <returns>The exit code: what became of the expectations of the last run that was complete.</returns>
    /// <exception cref="CommandException">The port cannot be used.</exception>
    public static async Task<int> Run(Report report, LiveRun run, int port, CancellationToken interrupted)
    {
        await using LiveServer server = new(run.Feed, run, port);
        try
        {
            await server.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (LiveServerException wrong)
        {
            throw new CommandException(wrong.Message, wrong);
        }
        string url = server.Url.ToString();
        report.Line(url);
        if (report.Json) report.Note("the page is at " + url); // the document comes at the end
        bool isOpen = Browser.TryOpen(url, report.Terminal);
        report.Note(isOpen ? "the page opens in the browser; Ctrl-C ends it" : "open the address in a browser; Ctrl-C ends it");
        await Task.Factory.StartNew(() => run.Run(interrupted), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default).ConfigureAwait(false);
        await server.StopAsync().ConfigureAwait(false);
        return Tell(report, run, url);
    }

    private static int Tell(Report report, LiveRun run, string url)
    {
        Verdict[] verdicts = [.. run.LastVerdicts ?? []];
        foreach (Verdict verdict in verdicts)
        {
            string why = verdict.Why.Length == 0 ? "" : ", " + verdict.Why;
            report.Line(OneLine.Of($"{verdict.Text}: {(verdict.Met == true ? "met" : "NOT MET")}{why}"));
        }
        if (run.LastVerdicts == null) report.Note("stopped before the scenario was over");
        report.Document(new { url, complete = run.LastVerdicts != null, expectations = verdicts });
        return verdicts.All(verdict => verdict.Met == true) ? ExitCode.Done : ExitCode.Unmet;
    }
}

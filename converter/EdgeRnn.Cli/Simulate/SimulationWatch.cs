using System.Collections.Generic;
using System.Globalization;
using EdgeRnn.Cli.Output;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Simulate;

/// <summary>What a person sees of a simulation that runs: a line per event; and what its document tells of them.</summary>
internal sealed class SimulationWatch(Report report, Trace? trace) : ISimulationObserver
{
    private const int _mostKept = 10_000;

    private readonly List<object> _events = [];

    /// <summary>The events, for a document; those beyond ten thousand are left out.</summary>
    public IReadOnlyList<object> Events => _events;

    /// <summary>Set while a line of progress stands on the terminal, which an event's line has to replace.</summary>
    public bool HasProgress { get; set; }

    public void BeforeStep(Simulator.Simulation simulation) => trace?.BeforeStep(simulation);

    public void OnStep(Simulator.Simulation simulation, bool hasSample) => trace?.OnStep(simulation, hasSample);

    public void OnEvent(Simulator.Simulation simulation, SimulationEvent happened)
    {
        trace?.OnEvent(simulation, happened);
        if (report.Json && _events.Count < _mostKept)
            _events.Add(new { seconds = happened.AtMicros / 1e6, kind = happened.Kind.ToString(), text = happened.Text });
        ClearProgress();
        report.Line(OneLine.Of(string.Create(CultureInfo.InvariantCulture, $"{happened.AtMicros / 1e6,12:0.000} s  {happened.Text}")));
    }

    /// <summary>Shows how far it is, where a person looks.</summary>
    public void Progress(Simulator.Simulation simulation)
    {
        if (!report.Terminal.ErrorIsTerminal || report.Json) return;
        HasProgress = true;
        report.Terminal.Error.Write(string.Create(CultureInfo.InvariantCulture,
            $"\r{simulation.NowMicros / 1e6:0} s of {simulation.Scenario.DurationMicros / 1e6:0.###} s; Ctrl-C stops "));
    }

    /// <summary>Takes the line of progress away.</summary>
    public void ClearProgress()
    {
        if (!HasProgress) return;
        HasProgress = false;
        report.Terminal.Error.Write("\r\u001b[K");
    }
}

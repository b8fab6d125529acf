using System.Collections.Generic;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Engine;

/// <summary>Keeps what a simulation tells.</summary>
internal sealed class Witness : ISimulationObserver
{
    public List<SimulationEvent> Events { get; } = [];

    public int Steps { get; private set; }

    public void BeforeStep(Simulation simulation)
    {
        // Only what came of a step counts here.
    }

    public void OnStep(Simulation simulation, bool hasSample) => Steps++;

    public void OnEvent(Simulation simulation, SimulationEvent happened) => Events.Add(happened);
}

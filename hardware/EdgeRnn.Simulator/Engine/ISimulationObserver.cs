namespace EdgeRnn.Simulator;

/// <summary>Sees what a simulation does: a trace, a page, a terminal. Called on the thread that turns the simulation.</summary>
public interface ISimulationObserver
{
    /// <summary>The detector is about to make a step with a sample.</summary>
    /// <param name="simulation">The simulation; its loop is there.</param>
    void BeforeStep(Simulation simulation);

    /// <summary>The detector has made the step with the sample; nobody has looked at it yet. For measuring what a step takes.</summary>
    /// <param name="simulation">The simulation; its loop is there.</param>
    void AfterStep(Simulation simulation)
    {
        // Few want to know.
    }

    /// <summary>The detector has made a step.</summary>
    /// <param name="simulation">The simulation; its loop is there.</param>
    /// <param name="hasSample">False where nothing was read, and what stood for it was stepped.</param>
    void OnStep(Simulation simulation, bool hasSample);

    /// <summary>Something happened.</summary>
    /// <param name="simulation">The simulation; its loop need not be there.</param>
    /// <param name="happened">What.</param>
    void OnEvent(Simulation simulation, SimulationEvent happened);
}

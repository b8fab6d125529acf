namespace EdgeRnn.Simulator;

/// <summary>A fault that a person may inject.</summary>
/// <param name="Id">Names it to <see cref="Simulation.Inject"/>, as <c>machine.bearing</c>.</param>
/// <param name="Label">What a button says, as <c>Bearing fault</c>.</param>
public sealed record FaultChoice(string Id, string Label);

using System;

namespace EdgeRnn.Simulator;

/// <summary>Something about a scenario is wrong. The message is one line: where, what, expected, found, next step.</summary>
/// <param name="message">The line.</param>
public sealed class ScenarioException(string message) : Exception(message);

using System.Collections.Generic;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>A set-up: a sensor and what an alarm switches.</summary>
/// <param name="Id">The name commands take, and of its pages.</param>
/// <param name="Title">One line.</param>
/// <param name="Purpose">What it is good for, one or two sentences.</param>
/// <param name="Parts">Ids of its parts, the sensor first.</param>
public sealed record WiringExample(string Id, string Title, string Purpose, IReadOnlyList<string> Parts);

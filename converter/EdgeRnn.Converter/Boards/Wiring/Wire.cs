using System.Collections.Generic;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>Everything that is connected with one pin of the board, or between parts alone.</summary>
/// <param name="Name">What it carries.</param>
/// <param name="Signal">What it is for.</param>
/// <param name="Pin">The board's pin; null where the board has none, or the wire is between parts.</param>
/// <param name="Gpio">The number it was to have; null for supplies, grounds and wires between parts.</param>
/// <param name="Ends">Where it ends at parts.</param>
public sealed record Wire(string Name, WireSignal Signal, BoardPin? Pin, int? Gpio, IReadOnlyList<WireEnd> Ends);

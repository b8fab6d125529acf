using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// The power fails: whatever the device's program does ends where it is, as it would on a board. Thrown by the clock or the storage and
/// caught by whoever has the device turn.
/// </summary>
public sealed class PowerCutException : Exception
{
    internal PowerCutException(long forMicros) : base("the power has failed") => ForMicros = forMicros;

    // How long there is none.
    internal long ForMicros { get; }
}

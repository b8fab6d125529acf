using System;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>Sees every signal of a <see cref="ReferenceRun"/> at the moment it is computed.</summary>
public interface ISignalObserver
{
    /// <summary>Called for each signal of each layer that runs, once per step of that layer.</summary>
    /// <param name="signal">Which signal.</param>
    /// <param name="values">Its values, one per unit; valid during the call only.</param>
    void Observe(SignalId signal, ReadOnlySpan<double> values);
}

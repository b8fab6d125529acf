using System.Collections.Generic;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>The bounds of all signals, and what had to be assumed to get them.</summary>
internal sealed class BoundsTable
{
    /// <summary>What a state is taken to stay within where no bound can be shown.</summary>
    public const double AssumedState = 32;

    public Dictionary<SignalId, SignalBound> Signals { get; } = [];

    /// <summary>One sentence per assumption.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>False when an assumption about a state stands behind some of the bounds.</summary>
    public bool Guaranteed { get; private set; } = true;

    public void Set(SignalId signal, Interval[] values, bool intrinsic = false) =>
        Signals[signal] = new SignalBound(IntervalMath.Pool(values), intrinsic);

    /// <summary>Notes an assumption once.</summary>
    public void Assume(string warning)
    {
        Guaranteed = false;
        if (!Warnings.Contains(warning)) Warnings.Add(warning);
    }
}

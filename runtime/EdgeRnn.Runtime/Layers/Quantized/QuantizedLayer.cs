using System;

namespace EdgeRnn.Runtime;

/// <summary>A layer that computes in integers only (NUMERICS.md, "Integer path").</summary>
internal abstract partial class QuantizedLayer : Layer
{
    protected QuantizedLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        Scheme = record.Scheme;
        OutputBits = record.OutputBits;
    }

    /// <summary>Bits of weights and values.</summary>
    public Scheme Scheme { get; }

    /// <summary>Fraction bits of the output.</summary>
    public int OutputBits { get; }

    /// <summary>Elements at the start of the state that are 16-bit values; the rest may be any integer.</summary>
    protected virtual int NarrowStateSize => 0;

    /// <summary>Whether the 16-bit values of the state are in range in a saved state.</summary>
    public bool StateIsSound(int[] ints)
    {
        for (int i = StateOffset; i < StateOffset + NarrowStateSize; i++)
        {
            if (ints[i] > QuantizedLimits.MaxValue || ints[i] < -QuantizedLimits.MaxValue) return false;
        }
        return true;
    }

    protected sealed override Array Values(SessionMemory session) => session.Ints;
}

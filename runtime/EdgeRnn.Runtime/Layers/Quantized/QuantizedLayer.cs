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

    /// <summary>Elements at the start of the state that are 16-bit values.</summary>
    protected virtual int NarrowStateSize => 0;

    /// <summary>Largest magnitude of the other elements.</summary>
    protected virtual int WideStateLimit => 0;

    /// <summary>Whether every number of the state is in range in a saved state.</summary>
    public virtual bool StateIsSound(int[] ints)
    {
        for (int i = 0; i < StateSize; i++)
        {
            int value = ints[StateOffset + i], limit = i < NarrowStateSize ? QuantizedLimits.MaxValue : WideStateLimit;
            if (value > limit || value < -limit) return false;
        }
        return true;
    }

    protected sealed override Array Values(SessionMemory session) => session.Ints;
}

using System;
using System.Linq;

namespace EdgeRnn.Tests;

/// <summary>A float layer of a quantized model: its values become numbers at its input, and numbers values at its output.</summary>
internal sealed class SecondIslandRun(SecondLayer layer) : SecondLayerRun(layer)
{
    private readonly SecondFloatRun _inner = new(layer);
    private readonly int[] _columnBits = layer.ColumnBits;
    private readonly int _outputBits = layer.OutputBits;

    /// <summary>The layer in double precision.</summary>
    public SecondFloatRun Inner => _inner;

    protected override double[] InitialH
    {
        get
        {
            _inner.Reset();
            return [];
        }
    }

    protected override double[] InitialC => [];

    public override double[]? Step(double[] x)
    {
        double[]? y = _inner.Step([.. x.Select((value, i) => Math.ScaleB(value, -_columnBits[i]))]);
        IndexWasInvalid |= _inner.IndexWasInvalid;
        return y == null ? null : Array.ConvertAll(y, value => Value(value, _outputBits));
    }

    /// <summary>A number as a 16-bit value: the nearest, halves up; what is no number is 0.</summary>
    public static double Value(double number, int bits) =>
        double.IsNaN(number) ? 0 : Math.Clamp(Math.Floor(Math.ScaleB(number, bits) + 0.5), -32767, 32767);
}

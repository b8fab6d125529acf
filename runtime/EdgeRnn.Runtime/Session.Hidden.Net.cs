using System;

namespace EdgeRnn.Runtime;

// What a page or a debugger shows of the network's memory.
public sealed partial class Session
{
    /// <summary>Copies h of every recurrent layer, in the order of <see cref="Model.HiddenLayers"/>, as real numbers.</summary>
    /// <param name="values">Receives <see cref="Model.HiddenUnits"/> numbers; the caller owns it.</param>
    /// <exception cref="ArgumentException">The buffer is shorter.</exception>
    public void CopyHiddenState(Span<float> values)
    {
        if (values.Length < _model.HiddenUnits)
            throw new ArgumentException($"expected room for {_model.HiddenUnits} numbers, found {values.Length}", nameof(values));
        values = CopyHiddenState(_model.Main, values);
        if (_model.Decoder != null) CopyHiddenState(_model.Decoder, values);
    }

    private Span<float> CopyHiddenState(LayerGraph graph, Span<float> values)
    {
        for (int i = 0; i < graph.LayerCount; i++)
        {
            Layer layer = graph.LayerAt(i);
            if (!layer.IsRecurrent) continue;
            if (graph.IsQuantized)
            {
                float scale = MathF.ScaleB(1, -graph.ValueBits(i + 1));
                for (int unit = 0; unit < layer.OutputSize; unit++) values[unit] = _memory.Ints[layer.OutputOffset + unit] * scale;
            }
            else
            {
                _memory.Floats.AsSpan(layer.OutputOffset, layer.OutputSize).CopyTo(values);
            }
            values = values[layer.OutputSize..];
        }
        return values;
    }
}

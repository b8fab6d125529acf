using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Adds the layer that multiplies features by a matrix: dense, or a convolution where they belong to several steps.</summary>
internal static class DenseLayers
{
    /// <summary>y = W x + b.</summary>
    /// <param name="call">The operator.</param>
    /// <param name="x">One element per column of W.</param>
    /// <param name="weights">W, [outputs, inputs].</param>
    /// <param name="bias">b, [outputs], or null.</param>
    /// <param name="window">Steps laid out as features in x, or null.</param>
    /// <returns>[outputs] elements.</returns>
    public static StreamElement[] Add(NodeCall call, StreamElement[] x, Tensor weights, Tensor? bias, int? window)
    {
        if (window is not > 1 || x.All(element => element.Lag == 0))
            return call.Context.Builder.Add(call.Node, name => new DenseNode(name, call.Segments(x), weights, bias, Activation.Linear));

        int kernel = window.Value, outputs = weights.Shape[0];
        StreamElement[] features = [.. x.Select(element => element with { Lag = 0 }).Distinct()];
        call.Context.Spend([outputs, features.Length, kernel], call.Node, weights: true);
        float[] taps = new float[outputs * features.Length * kernel];
        int[] places = [.. x.Select(element => System.Array.IndexOf(features, element with { Lag = 0 }))];
        for (int output = 0; output < outputs; output++)
        {
            for (int column = 0; column < x.Length; column++)
            {
                // The last tap multiplies the newest sample. An element may stand in several columns.
                int tap = (output * features.Length + places[column]) * kernel + kernel - 1 - x[column].Lag;
                taps[tap] += weights.Data[output * x.Length + column];
            }
        }
        return call.Context.Builder.Add(call.Node, name => new ConvNode(name, call.Segments(features),
            new Tensor(taps, outputs, features.Length, kernel), bias, Activation.Linear));
    }
}

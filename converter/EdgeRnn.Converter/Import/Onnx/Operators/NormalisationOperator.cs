using System;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Batch normalisation at inference: an affine map per feature, folded into the layer before it where that is linear.</summary>
internal static class NormalisationOperator
{
    public static OnnxValue BatchNormalization(NodeCall call)
    {
        OnnxNode node = call.Node;
        float epsilon = node.Float("epsilon", 1e-5f);
        node.Float("momentum", 0.9f);
        if (node.Int("training_mode", 0) != 0) throw call.Refuse("is in training mode; export the model in evaluation mode (model.eval())");
        if (node.Int("spatial", 1) != 1) throw call.Refuse("spatial = 0 is not supported; export with a newer operator set");
        StreamValue x = call.Stream(0);
        if (x.Rank < 2 || x.Roles[1] != AxisRole.Feature) throw node.Misfit("normalises axis 1, which is not the feature axis");
        AxisRules.RequireUnpadded(call, x);
        int features = x.Shape[1];
        float[] gain = Parameter(call, 1, "scale", features), bias = Parameter(call, 2, "bias", features);
        float[] mean = Parameter(call, 3, "mean", features), variance = Parameter(call, 4, "variance", features);

        int inner = Sizes.Product(x.Shape.AsSpan(2)), outer = x.Count / Math.Max(1, features * inner);
        int[] featureOf = [.. Enumerable.Range(0, outer * features * inner).Select(index => index / inner % features)];
        float[] centre = Spread(featureOf, k => mean[k]);
        float[] scale = Spread(featureOf, k => (float)(gain[k] / Math.Sqrt((double)variance[k] + epsilon)));
        float[] shift = Spread(featureOf, k => -bias[k]), ones = Spread(featureOf, _ => 1);
        if (scale.Any(value => !float.IsFinite(value))) throw call.Refuse("has a variance that is not above zero; train the model again");
        return x.WithElements(Standardise(call, Standardise(call, x.Elements, centre, scale), shift, ones));
    }

    private static StreamElement[] Standardise(NodeCall call, StreamElement[] elements, float[] mean, float[] scale) =>
        call.Context.Builder.Add(call.Node, name => new StandardiseNode(name, call.Segments(elements),
            new Tensor(mean, mean.Length), new Tensor(scale, scale.Length), Clip: 0));

    private static float[] Spread(int[] featureOf, Func<int, float> value) => Array.ConvertAll(featureOf, k => value(k));

    private static float[] Parameter(NodeCall call, int index, string what, int features)
    {
        FloatConstant parameter = call.Weights(index, what);
        return parameter.Count == features ? parameter.Data
            : throw call.Node.Misfit($"{what} {parameter.ShapeText} does not fit {features} features");
    }
}

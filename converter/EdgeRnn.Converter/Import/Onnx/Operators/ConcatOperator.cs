using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Concatenation of constants, or of values of the stream along features.</summary>
internal static class ConcatOperator
{
    public static OnnxValue Concat(NodeCall call)
    {
        OnnxValue[] parts = [.. Enumerable.Range(0, call.Inputs.Count).Select(i => call.Required(i, "data"))];
        if (parts.Length == 0) throw call.Refuse("has no inputs");
        if (parts.Select(part => part.Rank).Distinct().Count() > 1) throw call.Node.Misfit("its inputs have different numbers of axes");
        int axis = call.Axis(call.Node.Int("axis", 0), parts[0].Rank);
        if (parts.Length == 1) return parts[0];
        StreamValue[] streams = [.. parts.OfType<StreamValue>()];
        if (streams.Length > 0) return Streams(call, streams, parts.Length, axis);

        (int[] shape, int[][] places) = Places(call, parts, axis);
        if (parts.All(part => part is IntConstant))
            return new IntConstant(Fill(shape, places, [.. parts.Select(part => ((IntConstant)part).Data)]), shape);
        if (!parts.All(part => part is FloatConstant)) throw call.Refuse("mixes whole and real numbers");
        return new FloatConstant(Fill(shape, places, [.. parts.Select(part => ((FloatConstant)part).Data)]), shape);
    }

    private static StreamValue Streams(NodeCall call, StreamValue[] parts, int count, int axis)
    {
        if (parts.Length != count) throw call.Refuse("joins constants with values of the stream, for which there is no layer; add them as a bias instead");
        StreamValue first = parts[0];
        Timing timing = first.Timing;
        foreach (StreamValue part in parts)
        {
            for (int i = 0; i < first.Rank; i++)
            {
                if (part.Roles[i] != first.Roles[i]) throw call.Node.Misfit($"joins {first.Roles[i]} with {part.Roles[i]} along axis {i}");
            }
            bool finalState = timing.FinalState && part.Timing.FinalState;
            timing = AxisRules.Merge(call, first.With(timing), part) with { FinalState = finalState };
        }
        if (first.Roles[axis] != AxisRole.Feature) throw call.Refuse($"joins values along {first.Roles[axis]}, which a stream cannot; join them along features");
        (int[] shape, int[][] places) = Places(call, parts, axis);
        return new StreamValue(Fill(shape, places, [.. parts.Select(part => part.Elements)]), shape, first.Roles, timing);
    }

    // For each part the places its elements take in the result.
    private static (int[] Shape, int[][] Places) Places(NodeCall call, OnnxValue[] parts, int axis)
    {
        int[] shape = (int[])parts[0].Shape.Clone();
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        call.Context.Spend(shape, call.Node, parts.All(part => part is FloatConstant));
        int[][] places = new int[parts.Length][];
        for (int i = 0, start = 0; i < parts.Length; i++)
        {
            int[] own = parts[i].Shape;
            if (own.Where((size, at) => at != axis && size != shape[at]).Any())
                throw call.Node.Misfit($"joins shapes [{string.Join(", ", parts[0].Shape)}] and {parts[i].ShapeText} along axis {axis}");
            int[] range = [.. Enumerable.Range(start, own[axis])];
            places[i] = Sizes.Pick(shape, [.. shape.Select((size, at) => at == axis ? range : NodeCall.All(size))]);
            start += own[axis];
        }
        return (shape, places);
    }

    private static T[] Fill<T>(int[] shape, int[][] places, T[][] parts)
    {
        T[] joined = new T[Sizes.Product(shape)];
        for (int part = 0; part < parts.Length; part++)
        {
            for (int i = 0; i < places[part].Length; i++) joined[places[part][i]] = parts[part][i];
        }
        return joined;
    }
}

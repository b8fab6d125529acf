using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Import.Onnx.Proto;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>What a graph input is for.</summary>
internal enum InputRole
{
    /// <summary>Data of the stream.</summary>
    Data,

    /// <summary>Weights, which must be bound to a file.</summary>
    Weights,

    /// <summary>A state that a recurrent node starts from.</summary>
    State,

    /// <summary>The length of each sequence.</summary>
    SequenceLengths,

    /// <summary>Nothing reads it.</summary>
    Unused,
}

/// <summary>An input of the source graph with the shape the file declares.</summary>
internal sealed class GraphInput
{
    private const int MaxRank = 8;

    public GraphInput(ValueInfoProto proto)
    {
        Name = proto.Name;
        TensorTypeProto type = proto.Type?.TensorType
            ?? throw new ConversionException($"input '{SourceText.Show(Name)}': it is not a tensor; sequences and maps are not supported");
        IsReal = TensorReader.IsReal(type.ElemType, $"input '{SourceText.Show(Name)}'");
        if (type.Shape == null || type.Shape.Dim.Count > MaxRank)
        {
            throw new ConversionException($"input '{SourceText.Show(Name)}': the file does not say how many axes it has, or more than " +
                $"{MaxRank}; run onnx.shape_inference or export the model again");
        }
        Sizes = [.. type.Shape.Dim.Select(dim => dim.DimValue > 0 ? dim.DimValue : (long?)null)];
        AxisNames = [.. type.Shape.Dim.Select(dim => dim.DimParam)];
        if (Sizes.Any(size => size > ModelLimits.MaxSteps))
            throw new ConversionException($"input '{SourceText.Show(Name)}': shape {ShapeText}, at most {ModelLimits.MaxSteps} along one axis are supported");
    }

    public string Name { get; }

    /// <summary>Whether its elements are real numbers; else they are whole numbers.</summary>
    public bool IsReal { get; }

    /// <summary>The size of each axis, null where the file leaves it open.</summary>
    public IReadOnlyList<long?> Sizes { get; }

    /// <summary>The names of axes left open, empty for the others.</summary>
    public IReadOnlyList<string> AxisNames { get; }

    public int Rank => Sizes.Count;

    /// <summary>The batch axis of a state: the one left open, else where PyTorch and Keras put it, before the hidden units.</summary>
    /// <param name="batchSize">The batch size the data has, or null.</param>
    public int StateBatchAxis(long? batchSize)
    {
        int usual = Rank - 2;
        if (Sizes.Count(size => size == null) == 1) return Sizes.ToList().IndexOf(null);
        if (usual < 0 || Sizes[usual] == batchSize) return usual;
        int fitting = Sizes.ToList().IndexOf(batchSize);
        return fitting < 0 ? usual : fitting;
    }

    /// <summary>The size the file declares for the axis with a role, null where there is none or it is open.</summary>
    public long? SizeOf(AxisRole role, AxisRole[] roles)
    {
        int axis = Array.IndexOf(roles, role);
        return axis < 0 ? null : Sizes[axis];
    }

    public string ShapeText => "[" + string.Join(", ", Sizes.Select((size, axis) =>
        size?.ToString(CultureInfo.InvariantCulture) ?? (AxisNames[axis].Length > 0 ? SourceText.Show(AxisNames[axis]) : "?"))) + "]";
}

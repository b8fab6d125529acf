using System;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>
/// A tensor that flows through the graph: for one step of one stream, which feature stands at each place. Rearranging
/// operators move the elements about; computing operators read them and produce new ones.
/// </summary>
internal sealed class StreamValue : OnnxValue
{
    /// <param name="elements">One per place, last axis fastest.</param>
    /// <param name="shape">Sizes; 1 for axes that are not features.</param>
    /// <param name="roles">What each axis runs over.</param>
    /// <param name="timing">Which steps it holds.</param>
    public StreamValue(StreamElement[] elements, int[] shape, AxisRole[] roles, Timing timing) : base(shape)
    {
        Elements = elements;
        Roles = roles;
        Timing = timing;
    }

    public StreamElement[] Elements { get; }

    public AxisRole[] Roles { get; }

    public Timing Timing { get; }

    /// <summary>Whether one of its axes is time, alone or merged with the batch.</summary>
    public bool HasTime => Roles.Any(role => role is AxisRole.Time or AxisRole.TimeBatch or AxisRole.BatchTime);

    /// <summary>The index of the axis with a role, or -1.</summary>
    public int AxisOf(AxisRole role) => Array.IndexOf(Roles, role);

    public override OnnxValue Take(int[] shape, int[] map) =>
        new StreamValue(Array.ConvertAll(map, index => Elements[index]), shape, RolesFor(shape), Timing);

    public override OnnxValue WithShape(int[] shape) => new StreamValue(Elements, shape, RolesFor(shape), Timing);

    /// <summary>The same elements with other axes.</summary>
    public StreamValue WithAxes(int[] shape, AxisRole[] roles) => new(Elements, shape, roles, Timing);

    /// <summary>The same places holding other features, computed from these.</summary>
    public StreamValue WithElements(StreamElement[] elements) =>
        new(elements, Shape, Roles, Timing with { FinalState = false });

    public StreamValue With(Timing timing) => new(Elements, Shape, Roles, timing);

    private AxisRole[] RolesFor(int[] shape) => shape.Length == Rank
        ? Roles
        : throw new InvalidOperationException("a change of rank must say what the axes are");
}

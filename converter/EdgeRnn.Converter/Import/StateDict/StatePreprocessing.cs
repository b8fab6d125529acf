using System;
using System.Collections.Generic;
using System.Globalization;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.StateDict;

/// <summary>
/// The standardiser that some JSON files carry beside <c>weights</c>: <c>mean</c>, <c>std</c>, <c>clip</c> and <c>columns</c>.
/// </summary>
internal static class StatePreprocessing
{
    /// <summary>Reads it.</summary>
    /// <param name="tensors">The file.</param>
    /// <param name="inputSize">Features the first layer reads.</param>
    /// <param name="where">The file, for messages.</param>
    /// <returns>Null when neither mean nor std is there.</returns>
    /// <exception cref="ConversionException">Only half of it is there, or it does not fit the model.</exception>
    public static Preprocessing? TryRead(NamedTensors tensors, int inputSize, string where)
    {
        float[]? mean = Vector(tensors, "mean"), deviation = Vector(tensors, "std");
        if (mean == null && deviation == null) return null;
        if (mean?.Length != inputSize || deviation?.Length != inputSize)
        {
            throw new ConversionException($"{where}: mean has {mean?.Length ?? 0} and std {deviation?.Length ?? 0} numbers, " +
                $"expected {inputSize} each, one per feature the first layer reads; correct or remove them");
        }
        float[] inverseScale = Array.ConvertAll(deviation, value => 1 / value);
        int wrong = Array.FindIndex(inverseScale, value => !(value > 0) || !float.IsFinite(value));
        if (wrong >= 0)
        {
            throw new ConversionException(string.Create(CultureInfo.InvariantCulture,
                $"{where}: std[{wrong}] is {deviation[wrong]}, expected a positive number; remove the constant channel or set it to 1"));
        }
        return new Preprocessing(mean, inverseScale, Clip(tensors, where)) { ChannelNames = Columns(tensors, inputSize) };
    }

    /// <summary>A list of numbers, or a single one.</summary>
    private static float[]? Vector(NamedTensors tensors, string name)
    {
        if (tensors.TryGet(name, out Tensor? tensor)) return tensor.Rank == 1 ? tensor.Data : [];
        return TryNumber(tensors, name, out float number) ? [number] : null;
    }

    private static float Clip(NamedTensors tensors, string where)
    {
        if (!tensors.Attributes.TryGetValue("clip", out string? text)) return 0;
        return TryNumber(tensors, "clip", out float clip) && clip >= 0
            ? clip
            : throw new ConversionException(
                $"{where}: clip is {SourceText.Show(text)}, expected 0 (none) or the largest magnitude after scaling");
    }

    private static bool TryNumber(NamedTensors tensors, string name, out float number)
    {
        number = 0;
        return tensors.Attributes.TryGetValue(name, out string? text)
            && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);
    }

    private static List<string> Columns(NamedTensors tensors, int inputSize)
    {
        List<string> columns = [];
        while (tensors.Attributes.TryGetValue($"columns[{columns.Count}]", out string? column)) columns.Add(column);
        return columns.Count == inputSize ? columns : [];
    }
}

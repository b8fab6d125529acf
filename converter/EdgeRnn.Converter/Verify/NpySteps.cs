using System;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Verify;

/// <summary>Arrays of one to three axes as sequences of steps, and back.</summary>
internal static class NpySteps
{
    /// <summary>[steps], [steps, features], or three axes with a batch.</summary>
    /// <param name="array">As it stands in the file.</param>
    /// <param name="options">What is known about the model.</param>
    /// <param name="source">The file, for messages.</param>
    public static StepArray Read(Tensor array, StepArrayOptions options, string source)
    {
        int features = array.Rank < 2 ? 1 : array.Shape[^1];
        if (array.Rank is 0 or > 3)
            throw Fail(source, $"shape {array.ShapeText}, expected [steps, features] or three axes with a batch; reshape it");
        if (array.Data.Length == 0) throw Fail(source, $"shape {array.ShapeText} holds no steps");
        if (options.Features is { } wanted && features != wanted)
        {
            throw Fail(source, $"shape {array.ShapeText} has {features} features per step, the model reads {wanted}; " +
                "expected [steps, features]: choose the channels the model was trained on");
        }
        if (array.Rank < 3) return new StepArray([array.Data], features);

        int axis = BatchAxis(array.Shape, options, out string? note);
        return new StepArray(Split(array, axis), features, axis == 0 ? ArrayLayout.BatchFirst : ArrayLayout.StepsFirst)
        {
            Notes = note == null ? [] : [note],
        };
    }

    /// <summary>The sequences of a three-dimensional array.</summary>
    /// <param name="array">[batch, steps, features] or [steps, batch, features].</param>
    /// <param name="batchAxis">0 or 1.</param>
    /// <returns>[batch] arrays [steps, features].</returns>
    public static float[][] Split(Tensor array, int batchAxis)
    {
        int batch = array.Shape[batchAxis], steps = array.Shape[1 - batchAxis], features = array.Shape[2];
        float[][] sequences = new float[batch][];
        for (int sequence = 0; sequence < batch; sequence++)
        {
            sequences[sequence] = new float[steps * features];
            for (int step = 0; step < steps; step++)
                Array.Copy(array.Data, RowIndex(sequence, step) * features, sequences[sequence], step * features, features);
        }
        return sequences;

        int RowIndex(int sequence, int step) => batchAxis == 0 ? sequence * steps + step : step * batch + sequence;
    }

    /// <summary>The array in the layout its steps carry.</summary>
    public static Tensor ToTensor(StepArray steps)
    {
        int batch = steps.Sequences.Count, features = steps.Features;
        float[] data = new float[batch * steps.Steps * features];
        bool batchFirst = steps.Layout == ArrayLayout.BatchFirst;
        for (int sequence = 0; sequence < batch; sequence++)
        {
            for (int step = 0; step < steps.Steps; step++)
            {
                int row = batchFirst ? sequence * steps.Steps + step : step * batch + sequence;
                Array.Copy(steps.Sequences[sequence], step * features, data, row * features, features);
            }
        }
        return steps.Layout switch
        {
            ArrayLayout.StepsFeatures => new Tensor(data, steps.Steps, features),
            ArrayLayout.BatchFirst => new Tensor(data, batch, steps.Steps, features),
            _ => new Tensor(data, steps.Steps, batch, features),
        };
    }

    // An axis of 1 is a batch of one wherever it stands; only a real batch needs to know the source's axis, and a source such as
    // a state_dict does not say it. A reading that may be the wrong one is told.
    private static int BatchAxis(int[] shape, StepArrayOptions options, out string? note)
    {
        note = null;
        if (options.BatchAxis is { } named) return named;
        if (options.SourceBatchSize == shape[options.SourceBatchAxis]) return options.SourceBatchAxis;
        int source = options.SourceBatchAxis, axis = shape[source] != 1 && shape[1 - source] == 1 ? 1 - source : source;
        if (axis != source || shape[axis] > 1)
            note = $"read as {Sequences(shape, axis)}; --batch-axis {1 - axis} reads it as {Sequences(shape, 1 - axis)}";
        return axis;
    }

    private static string Sequences(int[] shape, int batchAxis)
    {
        int batch = shape[batchAxis], steps = shape[1 - batchAxis];
        return $"{(batch == 1 ? "one sequence" : $"{batch} sequences")} of {(steps == 1 ? "one step" : $"{steps} steps")}";
    }

    private static ConversionException Fail(string source, string problem) => new($"{SourceText.Show(source)}: {problem}");
}

using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;

namespace EdgeRnn.Converter.Verify;

/// <summary>
/// Reference answers lined up with what a model answered. A reference may hold every answer, one row per input step (only
/// those at which the model answers count), or the last answer alone.
/// </summary>
public sealed class ExpectedAnswers
{
    private ExpectedAnswers(IReadOnlyList<float[]> sequences, IReadOnlyList<int> expectedFrames, IReadOnlyList<int> foundFrames)
    {
        Sequences = sequences;
        ExpectedFrames = expectedFrames;
        FoundFrames = foundFrames;
    }

    /// <summary>Per sequence: the reference's frames, row-major.</summary>
    public IReadOnlyList<float[]> Sequences { get; }

    /// <summary>[compared] indices of the reference's frames that are compared.</summary>
    public IReadOnlyList<int> ExpectedFrames { get; }

    /// <summary>[compared] indices of the answered frames they are compared with.</summary>
    public IReadOnlyList<int> FoundFrames { get; }

    /// <summary>Reads a reference.</summary>
    /// <param name="path">A .npy or .csv file.</param>
    /// <param name="answers">What the model answered.</param>
    /// <param name="layout">The layout of the input it answered to.</param>
    /// <exception cref="ConversionException">The file cannot be read, or its shape does not fit the answers.</exception>
    public static ExpectedAnswers Read(string path, Answers answers, ArrayLayout layout)
    {
        string source = SourceText.Show(path);
        Tensor reference = StepArrayFile.IsCsv(path)
            ? NpySteps.ToTensor(CsvStepReader.Read(path, new StepArrayOptions()))
            : NpyFile.Read(path);
        if (answers.Steps.Count == 0)
        {
            throw new ConversionException($"{source}: nothing to compare, as the model did not answer within " +
                $"{answers.InputSteps} steps; give a longer input");
        }
        // Recurrent outputs of ONNX are [steps, directions, batch, features].
        if (reference.Rank == 4 && reference.Shape[1] == 1)
            reference = reference.Reshape(reference.Shape[0], reference.Shape[2], reference.Shape[3]);
        float[][]? sequences = Sequential(reference, answers, layout);
        if (sequences == null)
        {
            string batch = answers.Sequences.Count == 1 ? "" : $" for each of {answers.Sequences.Count} sequences";
            throw new ConversionException($"{source}: shape {reference.ShapeText}, expected rows of {answers.FrameSize} " +
                $"features{batch}; compare with what the model was trained to answer");
        }
        return Align(sequences, reference, answers, source);
    }

    private static float[][]? Sequential(Tensor reference, Answers answers, ArrayLayout layout)
    {
        int batch = answers.Sequences.Count, frameSize = answers.FrameSize, last = reference.Rank == 0 ? 1 : reference.Shape[^1];
        if (reference.Rank > 3 || reference.Data.Length == 0 || reference.Data.Length % frameSize != 0) return null;
        // A row is a frame, or a whole answer of several frames; a single row may come without its axis.
        bool rowFits = last == frameSize || last == frameSize * answers.FramesPerAnswer || (reference.Rank < 2 && frameSize == 1);
        if (batch == 1) return rowFits && reference.Rank < 3 || IsOneSequence(reference, answers) ? [reference.Data] : null;
        if (reference.Rank == 3 && rowFits)
        {
            int axis = layout == ArrayLayout.BatchFirst ? 0 : 1;
            if (reference.Shape[axis] != batch) axis = 1 - axis;
            return reference.Shape[axis] == batch ? NpySteps.Split(reference, axis) : null;
        }
        if (reference.Rank == 0 || reference.Shape[0] != batch || reference.Data.Length / batch % frameSize != 0) return null;
        return NpySteps.Split(reference.Reshape(batch, 1, reference.Data.Length / batch), batchAxis: 0);
    }

    // Three axes for a single sequence: a batch of one, or [answers, frames, features].
    private static bool IsOneSequence(Tensor reference, Answers answers) => reference.Rank == 3
        && (reference.Shape[2] == answers.FrameSize || reference.Shape[2] == answers.FrameSize * answers.FramesPerAnswer)
        && (reference.Shape[0] == 1 || reference.Shape[1] == 1
            || (reference.Shape[0] == answers.Steps.Count && reference.Shape[1] == answers.FramesPerAnswer));

    private static ExpectedAnswers Align(float[][] sequences, Tensor reference, Answers answers, string source)
    {
        int frames = sequences[0].Length / answers.FrameSize, perAnswer = answers.FramesPerAnswer;
        int answered = answers.Steps.Count * perAnswer;
        if (frames == answered) return new ExpectedAnswers(sequences, Range(0, frames), Range(0, frames));
        if (frames == answers.InputSteps * perAnswer)
        {
            int[] atAnswers = [.. answers.Steps.SelectMany(step => Range(step * perAnswer, perAnswer))];
            return new ExpectedAnswers(sequences, atAnswers, Range(0, answered));
        }
        if (frames == 1 || frames == perAnswer)
            return new ExpectedAnswers(sequences, Range(0, frames), Range(answered - frames, frames));
        string rows = perAnswer == 1 ? $"{answers.Steps.Count} rows" : $"{answers.Steps.Count} answers of {perAnswer} rows";
        throw new ConversionException($"{source}: shape {reference.ShapeText} holds {frames} rows of {answers.FrameSize} " +
            $"features, expected {rows}, {answers.InputSteps} rows (one per input step) or the last one; " +
            "check that input and reference belong together");
    }

    private static int[] Range(int start, int count) => [.. Enumerable.Range(start, count)];
}

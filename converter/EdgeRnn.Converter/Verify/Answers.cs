using System.Collections.Generic;

namespace EdgeRnn.Converter.Verify;

/// <summary>What a model answered to an array of steps.</summary>
public sealed class Answers
{
    internal Answers(IReadOnlyList<float[]> sequences, IReadOnlyList<int> steps, int framesPerAnswer, int frameSize,
        int inputSteps)
    {
        Sequences = sequences;
        Steps = steps;
        FramesPerAnswer = framesPerAnswer;
        FrameSize = frameSize;
        InputSteps = inputSteps;
    }

    /// <summary>Per sequence: [answers * framesPerAnswer, frameSize], row-major.</summary>
    public IReadOnlyList<float[]> Sequences { get; }

    /// <summary>[answers] indices of the input steps at which the model answered; the same for every sequence.</summary>
    public IReadOnlyList<int> Steps { get; }

    /// <summary>Frames in one answer.</summary>
    public int FramesPerAnswer { get; }

    /// <summary>Features of a frame.</summary>
    public int FrameSize { get; }

    /// <summary>Steps that were fed.</summary>
    public int InputSteps { get; }

    /// <summary>Steps, over all sequences, whose input the model could not use: an embedding index outside its table.</summary>
    public long InvalidInputs { get; init; }

    /// <summary>The frames as an array of steps in the layout of the input.</summary>
    /// <param name="layout">The input's.</param>
    public StepArray ToSteps(ArrayLayout layout) => new(Sequences, FrameSize, layout);
}

using System;
using System.Linq;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>
/// Adds golden steps to a file: inputs, and what the runtime makes of them, which a device replays at start-up
/// (<see cref="SelfTest"/>; runtime/FORMAT.md, section gold). They are no part of the model's identity.
/// </summary>
public static class GoldenSteps
{
    private const int SmallBytes = 2048;
    private const int ShareOfFile = 10;

    /// <summary>
    /// The file with golden steps, in place of those it had: at most 2 KB or a tenth of the file, whichever is more. Integer
    /// models get exact ones, models that compute in float, all or in part, get a tolerance; among the latter, one whose answers
    /// are not finite, or that would have to run too long before its first answer, gets none.
    /// </summary>
    /// <param name="file">A whole .ernn file; not changed.</param>
    /// <param name="rows">[steps][inputSize] raw input from a recording; steps spread over it are used. Null for seeded noise.
    /// Extremes are added in either case.</param>
    /// <returns>A whole .ernn file; the caller owns it.</returns>
    /// <exception cref="ConversionException">The rows do not fit the model, or the file is signed.</exception>
    /// <exception cref="ModelException">The runtime refuses the file.</exception>
    public static byte[] Append(byte[] file, float[][]? rows = null)
    {
        byte[] bare = SectionEdit.Remove(file, GoldenSection.Tag);
        byte[]? payload = Payload(bare, rows);
        if (payload == null) return bare;
        byte[] golden = SectionEdit.Append(bare, GoldenSection.Tag, payload);
        int status = SelfTest.Run(golden, Model.Load(golden));
        if (status != SelfTestStatus.Passed)
            throw new InvalidOperationException($"golden steps do not replay: {SelfTestStatus.Describe(status)}");
        return golden;
    }

    /// <summary>The file without golden steps.</summary>
    /// <param name="file">A whole .ernn file; not changed.</param>
    public static byte[] Remove(byte[] file) => SectionEdit.Remove(file, GoldenSection.Tag);

    /// <summary>A few rows spread over a recording, as <see cref="Append"/> takes them.</summary>
    /// <param name="recording">Raw input; its first sequence is used.</param>
    public static float[][] RowsOf(StepArray recording)
    {
        int count = Math.Min(recording.Steps, GoldenInput.MaxRows);
        float[] sequence = recording.Sequences[0];
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * recording.Steps / count) * recording.Features)
            .Select(at => sequence[at..(at + recording.Features)])];
    }

    private static byte[]? Payload(byte[] file, float[][]? rows)
    {
        Model model = Model.Load(file);
        if (Array.Find(rows ?? [], row => row.Length != model.InputSize) is { } odd)
        {
            throw new ConversionException($"golden steps: a row of {odd.Length} features, the model reads {model.InputSize}; " +
                "pass the channels the model was trained on");
        }
        int budget = Math.Max(SmallBytes, file.Length / ShareOfFile);
        return model.IsIntegerOnly ? ExactSteps.Write(model, rows, budget) : TolerantSteps.Write(model, rows, budget);
    }
}

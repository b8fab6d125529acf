using System;
using System.Globalization;
using System.IO;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>
/// What a detector costs beside its network: a step of the session alone and one of the detector, which has the session's in it, in turns, so
/// that both meet the same clock frequency.
/// </summary>
public static class DetectorRun
{
    private const int SignalSteps = 1024; // longer than any window, and not what a threshold could learn by heart

    /// <summary>Measures and prints one table: medians of several runs.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="turns">How long to measure.</param>
    /// <returns>Bytes allocated by the steps of all detectors; anything but 0 is a defect.</returns>
    public static long Table(TextWriter writer, Turns turns)
    {
        short[][] counts = DetectorCase.Signal(SignalSteps);
        Model floats = Model.Load(DetectorCase.File(false)), integers = Model.Load(DetectorCase.File(true));
        long bytes = 0;
        writer.WriteLine();
        writer.WriteLine("| detector, gru 8,16 | float: network ns | with detector ns | ratio | w8a16 counts: network ns | with detector ns | ratio |");
        writer.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (DetectorCase detector in DetectorCase.All)
        {
            double[] ns = turns.Medians(
                [Network(floats, counts, false), Whole(floats, detector, counts, false, ref bytes),
                 Network(integers, counts, true), Whole(integers, detector, counts, true, ref bytes)]);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {detector.Name} | {ns[0]:F0} | {ns[1]:F0} | {ns[1] / ns[0]:F2} | {ns[2]:F0} | {ns[3]:F0} | {ns[3] / ns[2]:F2} |"));
        }
        return bytes;
    }

    private static Action Network(Model model, short[][] counts, bool isCounts)
    {
        Session session = new(model);
        float[][] floats = Floats(counts);
        float[] answer = new float[model.OutputSize];
        short[] values = new short[model.OutputSize];
        int step = 0;
        return isCounts ? () => session.StepCounts(counts[step++ & (SignalSteps - 1)], 0, values, 0)
            : () => session.Step(floats[step++ & (SignalSteps - 1)], 0, answer, 0);
    }

    private static Action Whole(Model model, DetectorCase settings, short[][] counts, bool isCounts, ref long bytes)
    {
        Detector detector = new(model, settings.Settings, isCounts);
        float[][] floats = Floats(counts);
        int step = 0;
        Action action = isCounts ? () => detector.StepCounts(counts[step++ & (SignalSteps - 1)], 0)
            : () => detector.Step(floats[step++ & (SignalSteps - 1)], 0);
        for (int i = 0; i < DetectorCase.ReadySteps; i++) action();
        if (!detector.IsCalibrated) throw new InvalidOperationException($"{settings.Name}: not calibrated after {DetectorCase.ReadySteps} steps");
        bytes += AllocatedBytes.Of(() =>
        {
            for (int i = 0; i < SignalSteps; i++) action();
        });
        return action;
    }

    private static float[][] Floats(short[][] counts) => Array.ConvertAll(counts, sample => Array.ConvertAll(sample, reading => (float)reading));
}

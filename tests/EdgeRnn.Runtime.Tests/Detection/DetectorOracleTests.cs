extern alias portable;

using System;
using System.Linq;
using EdgeRnn.Runtime;
using PortableDetector = portable::EdgeRnn.Runtime.Detector;
using PortableModel = portable::EdgeRnn.Runtime.Model;

namespace EdgeRnn.Tests.Detection;

/// <summary>An integer model's detector gives the same bits with vectors, in the shared source alone, from floats and from counts.</summary>
public sealed class DetectorOracleTests
{
    private const int Steps = 600;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_portable_detector_has_the_bits_of_the_one_with_vectors(bool counts)
    {
        string way = counts ? WatchedStream.Counts : WatchedStream.Integers;
        byte[] file = Converter.Emit.DetectorSection.Write(WatchedStream.File(way), WatchedStream.Settings());
        Model model = Model.Load(file);
        PortableModel portableModel = PortableModel.Load(file);
        Detector detector = new(model, model.Detector!, counts);
        PortableDetector oracle = new(portableModel, portableModel.Detector!, counts);
        byte[] state = new byte[detector.SavedStateBytes], expected = new byte[oracle.SavedStateBytes];
        short[][] signal = Disturbed();
        for (int t = 0; t < Steps; t++)
        {
            float[] floats = Array.ConvertAll(signal[t], reading => (float)reading);
            int said = (int)(t % 90 == 7 ? detector.StepMissing() : counts ? detector.StepCounts(signal[t], 0) : detector.Step(floats, 0));
            int wanted = (int)(t % 90 == 7 ? oracle.StepMissing() : counts ? oracle.StepCounts(signal[t], 0) : oracle.Step(floats, 0));
            detector.SaveState(state, 0);
            oracle.SaveState(expected, 0);
            if (said != wanted || !state.AsSpan().SequenceEqual(expected)) Assert.Fail($"step {t}: {said} and {wanted}, or the states differ");
        }
        Assert.InRange(detector.AlarmCount, 1, Steps);
    }

    [Fact]
    public void Counts_and_floats_of_the_same_samples_are_judged_alike()
    {
        Detector floats = WatchedStream.Detector(WatchedStream.Integers), counts = WatchedStream.Detector(WatchedStream.Counts);
        // The integer form of the standardisation may be one unit off; samples for which it is are left out.
        Session one = new(floats.Model), other = new(counts.Model);
        int used = 0;
        foreach (short[] sample in Disturbed(2 * Steps))
        {
            float[] values = Array.ConvertAll(sample, reading => (float)reading);
            one.StepScored(values, _inputs, [], _answers);
            other.StepScoredCounts(sample, _otherInputs, _answers);
            if (!_inputs.SequenceEqual(_otherInputs)) continue;
            used++;
            DetectorState expected = floats.Step(values, 0);
            Assert.Equal(expected, counts.StepCounts(sample, 0));
            Assert.Equal((floats.ScoreBits, floats.ThresholdBits, floats.AlarmCount, floats.SubstitutedReadings),
                (counts.ScoreBits, counts.ThresholdBits, counts.AlarmCount, counts.SubstitutedReadings));
            for (int c = 0; c < 3; c++) Assert.Equal(floats.FaultOf(c), counts.FaultOf(c));
        }
        Assert.True(used > Steps && floats.IsCalibrated && floats.SubstitutedReadings > 3, $"{used} samples");
    }

    private readonly int[] _inputs = new int[3], _otherInputs = new int[3], _answers = new int[3];

    // Single faults now and then, and an anomaly at the end of every 300 steps.
    private static short[][] Disturbed(int steps = Steps)
    {
        short[][] signal = WatchedStream.Signal(steps);
        for (int t = 0; t < steps; t++)
        {
            if (t % 130 == 20) signal[t][1] = 2001;
            if (t % 300 >= 260 && t >= 300) (signal[t][0], signal[t][2]) = ((short)(signal[t][0] + 260), (short)(signal[t][2] + 80));
        }
        return signal;
    }
}

using System;

namespace EdgeRnn.Runtime;

// A tick: a sample, or the lack of one.
public sealed partial class Detector
{
    /// <summary>Takes a sample.</summary>
    /// <param name="sample">Holds <see cref="Model.InputSize"/> raw readings from <paramref name="offset"/>; NaN where a sensor gave
    /// none. Not changed.</param>
    /// <param name="offset">First reading.</param>
    /// <returns>What the detector is doing now.</returns>
    /// <exception cref="ArgumentException">The buffer is too short, or the detector was made for counts; nothing has
    /// changed.</exception>
    public DetectorState Step(float[] sample, int offset)
    {
        if (_floats == null)
        {
            ThrowWrongStep("Step", "StepCounts");
            return State;
        }
        RequireLength(sample.Length, offset);
        for (int i = 0; i < _inputs.Length; i++)
        {
            float reading = sample[offset + i];
            SensorFaultKind kind = SensorFaultKind.None;
            if (!(reading >= 0 || reading < 0)) kind = SensorFaultKind.NotANumber;
            else if (reading > float.MaxValue || reading < float.MinValue) kind = SensorFaultKind.Infinite;
            if (_guard.Accepts(i, kind == SensorFaultKind.None ? _scale.Of(i, reading) : 0, kind)) _floats.Take(i, reading);
            else _floats.Substitute(i);
        }
        return StepAccepted();
    }

    /// <summary>Takes a sample of whole numbers; no float is used, unless the threshold's method needs it
    /// (<see cref="ThresholdMethod"/>).</summary>
    /// <param name="counts">Holds <see cref="Model.InputSize"/> readings from <paramref name="offset"/>, as
    /// <see cref="Session.StepCounts"/> takes them. Not changed.</param>
    /// <param name="offset">First reading.</param>
    /// <returns>What the detector is doing now.</returns>
    /// <exception cref="ArgumentException">The buffer is too short, or the detector was not made for counts; nothing has
    /// changed.</exception>
    public DetectorState StepCounts(short[] counts, int offset)
    {
        if (_counts == null)
        {
            ThrowWrongStep("StepCounts", "Step");
            return State;
        }
        RequireLength(counts.Length, offset);
        for (int i = 0; i < _inputs.Length; i++)
        {
            short count = counts[offset + i];
            if (_guard.Accepts(i, count, SensorFaultKind.None)) _counts.Take(i, count);
            else _counts.Substitute(i);
        }
        return StepAccepted();
    }

    /// <summary>Takes a tick at which no sensor gave a sample: the network reads what stands for it.</summary>
    /// <returns>What the detector is doing now.</returns>
    public DetectorState StepMissing() => StepMissing(SensorFaultKind.Dropout);

    /// <summary>
    /// Takes a sample with the time it was read, and before it the ticks that went by without one: a sample that comes more than
    /// <see cref="SensorSettings.LateMs"/> late counts for the tick after its own. Ticks beyond those that may be substituted are
    /// not run one by one.
    /// </summary>
    /// <param name="sample">As <see cref="Step"/>.</param>
    /// <param name="offset">First reading.</param>
    /// <param name="nowMs">Milliseconds of a clock that only goes forward; it may wrap round. Where it began anew, after a restart of
    /// the device, the samples before count as missed.</param>
    /// <returns>What the detector is doing now.</returns>
    /// <exception cref="ArgumentException">As <see cref="Step"/>.</exception>
    public DetectorState StepAt(float[] sample, int offset, int nowMs)
    {
        if (_floats == null) ThrowWrongStep("StepAt", "StepCountsAt");
        RequireLength(sample.Length, offset);
        CatchUp(nowMs);
        return Step(sample, offset);
    }

    /// <summary>As <see cref="StepAt"/>, with whole numbers.</summary>
    /// <param name="counts">As <see cref="StepCounts"/>.</param>
    /// <param name="offset">First reading.</param>
    /// <param name="nowMs">As <see cref="StepAt"/>.</param>
    /// <returns>What the detector is doing now.</returns>
    /// <exception cref="ArgumentException">As <see cref="StepCounts"/>.</exception>
    public DetectorState StepCountsAt(short[] counts, int offset, int nowMs)
    {
        if (_counts == null) ThrowWrongStep("StepCountsAt", "StepAt");
        RequireLength(counts.Length, offset);
        CatchUp(nowMs);
        return StepCounts(counts, offset);
    }

    private void CatchUp(int nowMs)
    {
        int[] ints = _memory.Ints;
        bool isFirst = ints[_at + HasTime] == 0;
        uint gapMs = (uint)(nowMs - ints[_at + LastMs]);
        ints[_at + HasTime] = 1;
        ints[_at + LastMs] = nowMs;
        if (isFirst || _periodMs == 0 || gapMs <= (uint)_periodMs + (uint)_lateMs) return;
        uint missed = (gapMs - (uint)_lateMs - 1) / (uint)_periodMs;
        // After one more than may be substituted nothing changes until samples come again.
        bool isLate = gapMs - missed * (uint)_periodMs < (uint)_periodMs;
        uint most = (uint)_maxSubstituted + 1;
        if (missed > most) missed = most;
        for (; missed > 1; missed--) StepMissing(SensorFaultKind.Dropout);
        StepMissing(isLate ? SensorFaultKind.Late : SensorFaultKind.Dropout);
    }

    private DetectorState StepMissing(SensorFaultKind kind)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            _guard.Accepts(i, 0, kind);
            _samples.Substitute(i);
        }
        return StepAccepted();
    }

    // The network reads the sample as the guard left it.
    private DetectorState StepAccepted()
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            if (_guard.FaultOf(i) != SensorFaultKind.None) Increase(_at + Substituted);
        }
        return Judge(_samples.Step(_session, _inputs, _answers));
    }

    private void RequireLength(int length, int offset)
    {
        if (offset < 0 || length - offset < _model.InputSize) ThrowTooShort(length, offset, _model.InputSize);
    }

    private static void ThrowTooShort(int length, int offset, int needed)
    {
        throw new ArgumentException("sample: " + needed.ToString() + " readings are needed from offset " + offset.ToString() +
            ", the array has " + length.ToString() + "; see Model.InputSize");
    }

    private static void ThrowWrongStep(string called, string expected)
    {
        throw new ArgumentException(called + ": the detector was made for the other kind of sample; call " + expected +
            ", or make it with the other value of counts");
    }
}

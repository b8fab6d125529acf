using System;

namespace EdgeRnn.Runtime;

// Saved state: FORMAT.md, "Saved state of a detector". The network's state is one part of it, as Session.SaveState writes it.
public sealed partial class Detector
{
    private const int StateMagic = 0x44535245; // "ERSD"
    private const int StateVersion = 1;
    private const int StateHeaderBytes = 28;

    private readonly int _settingsId;

    /// <summary>Bytes of a saved state.</summary>
    public int SavedStateBytes => StateHeaderBytes + _session.SavedStateBytes + 4 * (_memory.Ints.Length + _memory.Floats.Length) + 4;

    /// <summary>
    /// Writes everything, what was learnt and the network's state; restoring it later continues the stream as if nothing had happened. Floats
    /// of the network that overflowed since its last answer are written too, and refused when they come back.
    /// </summary>
    /// <param name="buffer">Receives <see cref="SavedStateBytes"/> bytes from <paramref name="offset"/>; the caller owns it.</param>
    /// <param name="offset">First byte.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public int SaveState(byte[] buffer, int offset)
    {
        int length = SavedStateBytes;
        SavedState.RequireRoom(buffer, offset, length);
        int at = SavedState.Begin(buffer, offset, StateMagic, StateVersion, length);
        at = LittleEndian.Put(buffer, at, _settingsId);
        at = LittleEndian.Put(buffer, at, _session.SavedStateBytes);
        at = LittleEndian.Put(buffer, at, _memory.Ints.Length);
        at = LittleEndian.Put(buffer, at, _memory.Floats.Length);
        at += _session.SaveState(buffer, at);
        for (int i = 0; i < _memory.Ints.Length; i++) at = LittleEndian.Put(buffer, at, _memory.Ints[i]);
        for (int i = 0; i < _memory.Floats.Length; i++) at = LittleEndian.Put(buffer, at, FloatBits.Of(_memory.Floats[i]));
        SavedState.End(buffer, offset, at);
        return length;
    }

    /// <summary>
    /// Restores a state saved by a detector with the same model and settings. Nothing changes unless all of it is sound.
    /// </summary>
    /// <param name="buffer">Holds the saved state; the caller owns it.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Bytes of the saved state.</param>
    /// <returns>A <see cref="StateStatus"/> code; <see cref="StateStatus.Restored"/> is 0, and
    /// <see cref="StateStatus.OtherSettings"/> says that the model was calibrated again since: start from Reset, and what is normal
    /// is learnt anew.</returns>
    public int RestoreState(byte[] buffer, int offset, int length)
    {
        int status = CheckState(buffer, offset, length);
        if (status != StateStatus.Restored) return status;
        int at = offset + StateHeaderBytes + _session.SavedStateBytes;
        int[] ints = _memory.Ints, before = new int[ints.Length];
        Array.Copy(ints, before, ints.Length);
        for (int i = 0; i < ints.Length; i++) ints[i] = BitConverter.ToInt32(buffer, at + 4 * i);
        status = IsSound() ? _session.RestoreState(buffer, offset + StateHeaderBytes, _session.SavedStateBytes) : StateStatus.BadValue;
        if (status != StateStatus.Restored)
        {
            Array.Copy(before, ints, ints.Length);
            return status;
        }
        at += 4 * ints.Length;
        for (int i = 0; i < _memory.Floats.Length; i++) _memory.Floats[i] = BitConverter.ToSingle(buffer, at + 4 * i);
        AlarmBegan = false;
        return status;
    }

    private int CheckState(byte[] buffer, int offset, int length)
    {
        int status = SavedState.Check(buffer, offset, length, StateMagic, StateVersion, StateHeaderBytes);
        if (status != StateStatus.Restored) return status;
        int session = BitConverter.ToInt32(buffer, offset + 16);
        if (session != _session.SavedStateBytes) return StateStatus.OtherModel;
        if (BitConverter.ToInt32(buffer, offset + 12) != _settingsId) return StateStatus.OtherSettings;
        if (length != SavedStateBytes || BitConverter.ToInt32(buffer, offset + 20) != _memory.Ints.Length ||
            BitConverter.ToInt32(buffer, offset + 24) != _memory.Floats.Length) return StateStatus.WrongLength;
        int at = offset + StateHeaderBytes + session + 4 * _memory.Ints.Length;
        return SavedState.AreFinite(buffer, at, _memory.Floats.Length) ? StateStatus.Restored : StateStatus.BadValue;
    }

    private bool IsSound()
    {
        int[] ints = _memory.Ints;
        return ints[_at + StateNow] >= 0 && ints[_at + StateNow] <= (int)DetectorState.SensorFault &&
            ints[_at + Settling] >= 0 && ints[_at + Settling] <= Math.Max(_warmUpSteps, _recoverySteps) &&
            (ints[_at + Disturbed] & ~1) == 0 && ints[_at + BlindSteps] >= 0 && ints[_at + BlindSteps] <= _maxBlindSteps + 1 &&
            ints[_at + Substituted] >= 0 && ints[_at + Faults] >= 0 && ints[_at + Restarts] >= 0 && (ints[_at + HasTime] & ~1) == 0 &&
            (ints[_at + Scored] & ~1) == 0 && (ints[_at + Blind] & ~1) == 0 &&
            ints[_at + Latest] >= 0 && ints[_at + Latest] <= FixedScore.Max &&
            _guard.IsSound() && _source.IsSound() &&
            (_channelScale == null || _channelScale.IsSound(_channelSteps)) && _smoothed.IsSound() &&
            (_smoothedErrors == null || _smoothedErrors.IsSound()) &&
            _limit.IsSound() && _policy.IsSound();
    }
}

using System;

namespace EdgeRnn.Runtime;

// Saved state: FORMAT.md, "Saved state". Units are in canonical order whatever the kernels pack.
public sealed partial class Session
{
    private const int StateMagic = 0x54535245; // "ERST"
    private const int StateVersion = 2;
    private const int StateHeaderBytes = 56;

    /// <summary>Bytes of a saved state.</summary>
    public int SavedStateBytes => StateHeaderBytes + 4 * (_counters.Length + _model.Plan.SavedInts + _model.Plan.SavedFloats) + 4;

    /// <summary>
    /// Writes the whole state; restoring it later continues the stream as if nothing had happened. A state that met a NaN is
    /// written too, but <see cref="RestoreState"/> refuses it: such a stream has nothing to continue.
    /// </summary>
    /// <param name="buffer">Receives <see cref="SavedStateBytes"/> bytes from <paramref name="offset"/>; the caller owns
    /// it.</param>
    /// <param name="offset">First byte.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public int SaveState(byte[] buffer, int offset)
    {
        int length = SavedStateBytes;
        SavedState.RequireRoom(buffer, offset, length);
        int at = SavedState.Begin(buffer, offset, StateMagic, StateVersion, length);
        Array.Copy(_model.Id, 0, buffer, at, SectionTable.ModelIdBytes);
        at += SectionTable.ModelIdBytes;
        at = LittleEndian.Put(buffer, at, _counters.Length);
        at = LittleEndian.Put(buffer, at, _model.Plan.SavedInts);
        at = LittleEndian.Put(buffer, at, _model.Plan.SavedFloats);
        for (int i = 0; i < _counters.Length; i++) at = LittleEndian.Put(buffer, at, _counters[i]);
        for (int i = 0; i < _model.Plan.SavedInts; i++) at = LittleEndian.Put(buffer, at, _memory.Ints[i]);
        for (int i = 0; i < _model.Plan.SavedFloats; i++) at = LittleEndian.Put(buffer, at, FloatBits.Of(_memory.Floats[i]));
        SavedState.End(buffer, offset, at);
        return length;
    }

    /// <summary>Restores a state saved by a session of the same model. Nothing changes unless all of it is sound.</summary>
    /// <param name="buffer">Holds the saved state; the caller owns it.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Bytes of the saved state.</param>
    /// <returns>A <see cref="StateStatus"/> code; <see cref="StateStatus.Restored"/> is 0.</returns>
    public int RestoreState(byte[] buffer, int offset, int length)
    {
        int status = CheckState(buffer, offset, length);
        if (status != StateStatus.Restored) return status;
        int at = offset + StateHeaderBytes;
        for (int i = 0; i < _counters.Length; i++, at += 4) _counters[i] = BitConverter.ToInt32(buffer, at);
        for (int i = 0; i < _model.Plan.SavedInts; i++, at += 4) _memory.Ints[i] = BitConverter.ToInt32(buffer, at);
        for (int i = 0; i < _model.Plan.SavedFloats; i++, at += 4) _memory.Floats[i] = BitConverter.ToSingle(buffer, at);
        return StateStatus.Restored;
    }

    /// <summary>
    /// The CRC-32 of the counters and numbers of a saved state, the bytes between its header and its checksum, without writing it.
    /// </summary>
    internal uint StateChecksum()
    {
        uint crc = Crc32.Start;
        for (int i = 0; i < _counters.Length; i++) crc = Crc32.Add(crc, _counters[i], 4);
        for (int i = 0; i < _model.Plan.SavedInts; i++) crc = Crc32.Add(crc, _memory.Ints[i], 4);
        for (int i = 0; i < _model.Plan.SavedFloats; i++) crc = Crc32.Add(crc, FloatBits.Of(_memory.Floats[i]), 4);
        return ~crc;
    }

    private int CheckState(byte[] buffer, int offset, int length)
    {
        int status = SavedState.Check(buffer, offset, length, StateMagic, StateVersion, StateHeaderBytes);
        if (status != StateStatus.Restored) return status;
        for (int i = 0; i < SectionTable.ModelIdBytes; i++)
        {
            if (buffer[offset + 12 + i] != _model.Id[i]) return StateStatus.OtherModel;
        }
        if (length != SavedStateBytes || BitConverter.ToInt32(buffer, offset + 44) != _counters.Length ||
            BitConverter.ToInt32(buffer, offset + 48) != _model.Plan.SavedInts ||
            BitConverter.ToInt32(buffer, offset + 52) != _model.Plan.SavedFloats)
            return StateStatus.WrongLength;
        return ValuesAreSound(buffer, offset + StateHeaderBytes) ? StateStatus.Restored : StateStatus.BadValue;
    }

    private bool ValuesAreSound(byte[] buffer, int at)
    {
        int[] counters = new int[_counters.Length];
        for (int i = 0; i < counters.Length; i++, at += 4) counters[i] = BitConverter.ToInt32(buffer, at);
        int[] ints = new int[_model.Plan.SavedInts];
        for (int i = 0; i < ints.Length; i++, at += 4) ints[i] = BitConverter.ToInt32(buffer, at);
        if (!IntsAreSound(ints)) return false;
        if (!SavedState.AreFinite(buffer, at, _model.Plan.SavedFloats)) return false;
        WindowSettings? window = _model.Window;
        int positions = window == null ? 1 : window.WindowLength == 0 ? window.Hop : window.WindowLength;
        int decoderSteps = window == null ? 0 : window.DecoderSteps;
        return counters[StepCounter] >= 0 && counters[PositionCounter] >= 0 && counters[PositionCounter] < positions &&
            counters[DecoderCounter] >= 0 && counters[DecoderCounter] <= decoderSteps && _model.Main.CountersAreValid(counters) &&
            (_model.Decoder == null || _model.Decoder.CountersAreValid(counters));
    }

    // Values between layers have 16 bits; states know their own ranges.
    private bool IntsAreSound(int[] ints)
    {
        if (!_model.IsQuantized) return true;
        if (!_model.Main.StateIsSound(ints)) return false;
        if (_model.Decoder != null && !_model.Decoder.StateIsSound(ints)) return false;
        for (int i = _model.Plan.WindowOffset; i < ints.Length; i++)
        {
            if (ints[i] > QuantizedLimits.MaxValue || ints[i] < -QuantizedLimits.MaxValue) return false;
        }
        return true;
    }
}

using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Saved states: a sound one, and the same with one thing wrong. Refused states change nothing.</summary>
public sealed class HostileStateTests
{
    private const int NaN = 0x7FC00000, Infinity = 0x7F800000;

    [Fact]
    public void Sound_state_is_restored()
    {
        Session session = Running(ValidFiles.Stream, 7), other = Running(ValidFiles.Stream, 3);
        byte[] state = StateEdit.Save(session);
        Assert.Equal(StateStatus.Restored, other.RestoreState(state, 0, state.Length));
        Assert.Equal(state, StateEdit.Save(other));
    }

    [Theory]
    [InlineData(0, 0x54535246, StateStatus.NotAState)]
    [InlineData(4, 0, StateStatus.UnsupportedVersion)]
    [InlineData(4, 1, StateStatus.UnsupportedVersion)]
    [InlineData(4, 3, StateStatus.UnsupportedVersion)]
    [InlineData(8, 0, StateStatus.WrongLength)]
    [InlineData(8, -1, StateStatus.WrongLength)]
    [InlineData(8, int.MaxValue, StateStatus.WrongLength)]
    [InlineData(StateEdit.ModelIdAt, 1, StateStatus.OtherModel)]
    [InlineData(StateEdit.CounterCountAt, 0, StateStatus.WrongLength)]
    [InlineData(StateEdit.CounterCountAt, int.MaxValue, StateStatus.WrongLength)]
    [InlineData(StateEdit.IntCountAt, 1, StateStatus.WrongLength)]
    [InlineData(StateEdit.FloatCountAt, 0, StateStatus.WrongLength)]
    [InlineData(StateEdit.FloatCountAt, -1, StateStatus.WrongLength)]
    [InlineData(StateEdit.CountersAt, -1, StateStatus.BadValue)]
    public void Wrong_header_is_refused(int at, int value, int code) => ExpectRefusal(ValidFiles.Decoder, at, value, code);

    // Window: windows of 9, a convolution of 3 taps and stride 2. Decoder: windows of 6, 6 decoder steps, a convolution of 2 taps.
    [Theory]
    [InlineData("Stream", 1, 1)]
    [InlineData("Stream", 2, 1)]
    [InlineData("Window", 1, 9)]
    [InlineData("Window", 1, -1)]
    [InlineData("Window", 3, 3)]
    [InlineData("Window", 3, int.MinValue)]
    [InlineData("Window", 4, 3)]
    [InlineData("Window", 4, -1)]
    [InlineData("Decoder", 1, 6)]
    [InlineData("Decoder", 2, 7)]
    [InlineData("Decoder", 2, -1)]
    [InlineData("Decoder", 3, 2)]
    [InlineData("Decoder", 4, 1)]
    public void Counter_out_of_range_is_refused(string file, int counter, int value) =>
        ExpectRefusal(ValidFiles.Named(file), StateEdit.CountersAt + 4 * counter, value, StateStatus.BadValue);

    [Theory]
    [InlineData(NaN)]
    [InlineData(Infinity)]
    [InlineData(int.MinValue | Infinity)]
    public void Number_that_is_not_finite_is_refused_wherever_it_stands(int bits)
    {
        byte[] state = StateEdit.Save(Running(ValidFiles.Window, 5));
        for (int at = StateEdit.CountersAt + 4 * 5; at < state.Length - 4; at += 4) ExpectRefusal(ValidFiles.Window, at, bits, StateStatus.BadValue);
    }

    // Integers: a ring of 5 x 4 values, h of the rnn, h, c and rests of the lstm (3, 4 and 4), h of the gru in 16 and in 32 bits, h, c and rests of coupled.
    // Mixed: a ring of 3 x 3 values, h of the gru twice, then 9 samples of the window.
    [Theory]
    [InlineData("Integers", 0, 32767, 32768)]
    [InlineData("Integers", 19, -32767, -32768)]
    [InlineData("Integers", 20, 32767, 32768)]
    [InlineData("Integers", 25, 32767, 32768)]
    [InlineData("Integers", 28, int.MaxValue, int.MinValue)]
    [InlineData("Integers", 31, -int.MaxValue, int.MinValue)]
    [InlineData("Integers", 32, (1 << 24) - 1, 1 << 24)]
    [InlineData("Integers", 35, 0, -1)]
    [InlineData("Integers", 36, 32767, 32768)]
    [InlineData("Integers", 39, (1 << 30) - 1, 1 << 30)]
    [InlineData("Integers", 41, 1 - (1 << 30), -(1 << 30))]
    [InlineData("Mixed", 8, 32767, 32768)]
    [InlineData("Mixed", 12, (1 << 30) - 1, 1 << 30)]
    [InlineData("Mixed", 15, 32767, 32768)]
    [InlineData("Mixed", 23, -32767, int.MinValue)]
    public void Integer_out_of_range_is_refused(string name, int index, int largest, int tooLarge)
    {
        byte[] file = ValidFiles.Named(name);
        int at = StateEdit.CountersAt + 4 * (SecondReader.Read(file).Plan[3] + index);
        byte[] state = StateEdit.With(StateEdit.Save(Running(file, 5)), at, largest);
        Assert.Equal(StateStatus.Restored, Running(file, 3).RestoreState(state, 0, state.Length));
        ExpectRefusal(file, at, tooLarge, StateStatus.BadValue);
    }

    [Fact]
    public void Truncated_longer_or_damaged_state_is_refused()
    {
        Session session = Running(ValidFiles.Window, 5);
        byte[] state = StateEdit.Save(session);
        for (int length = 0; length < state.Length; length++)
        {
            Assert.NotEqual(StateStatus.Restored, session.RestoreState(state, 0, length));
            byte[] cut = state[..length];
            if (length >= 12) BitConverter.TryWriteBytes(cut.AsSpan(8), length);
            Assert.Equal(StateStatus.WrongLength, session.RestoreState(StateEdit.Seal(cut), 0, length));
        }
        byte[] longer = [.. state, 0, 0, 0, 0];
        Assert.Equal(StateStatus.WrongLength, session.RestoreState(longer, 0, longer.Length));
        Assert.Equal(StateStatus.WrongLength, session.RestoreState(StateEdit.With(longer, 8, longer.Length), 0, longer.Length));
        Assert.Equal(StateStatus.Restored, session.RestoreState(longer, 0, state.Length));
        for (int at = StateEdit.CountersAt; at < state.Length; at++)
        {
            byte[] damaged = (byte[])state.Clone();
            damaged[at] ^= 0x10;
            Assert.Equal(StateStatus.ChecksumMismatch, session.RestoreState(damaged, 0, damaged.Length));
        }
        Assert.Equal(state, StateEdit.Save(session));
    }

    [Theory]
    [InlineData(-1, 100)]
    [InlineData(0, int.MaxValue)]
    [InlineData(int.MaxValue, 100)]
    [InlineData(int.MinValue, int.MaxValue)]
    [InlineData(0, -1)]
    [InlineData(1, int.MinValue)]
    public void Place_outside_the_buffer_is_refused(int offset, int length)
    {
        Session session = Running(ValidFiles.Window, 5);
        byte[] state = StateEdit.Save(session);
        Assert.Equal(StateStatus.WrongLength, session.RestoreState(state, offset, length));
        Assert.Equal(state, StateEdit.Save(session));
    }

    private static void ExpectRefusal(byte[] file, int at, int value, int code)
    {
        Session session = Running(file, 5);
        byte[] before = StateEdit.Save(session), wrong = StateEdit.With(before, at, value);
        Assert.Equal(code, session.RestoreState(wrong, 0, wrong.Length));
        Assert.Equal(before, StateEdit.Save(session));
        Assert.Throws<FormatException>(() => SecondState.Read(wrong, SecondReader.Read(file)));
    }

    private static Session Running(byte[] file, int steps)
    {
        Session session = new(Model.Load(file));
        float[] input = new float[session.Model.InputSize], output = new float[session.Model.OutputSize];
        for (int step = 0; step < steps; step++)
        {
            Array.Fill(input, step % 3);
            session.Step(input, 0, output, 0);
        }
        return session;
    }
}

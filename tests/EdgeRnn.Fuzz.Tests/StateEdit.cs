using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Changes to saved states whose checksum is made right again.</summary>
internal static class StateEdit
{
    public const int ModelIdAt = 12, CounterCountAt = 44, IntCountAt = 48, FloatCountAt = 52, CountersAt = 56;

    public static byte[] Save(Session session)
    {
        byte[] state = new byte[session.SavedStateBytes];
        session.SaveState(state, 0);
        return state;
    }

    public static byte[] With(byte[] state, int at, int value)
    {
        byte[] copy = (byte[])state.Clone();
        BitConverter.TryWriteBytes(copy.AsSpan(at), value);
        return Seal(copy);
    }

    public static byte[] Seal(byte[] state)
    {
        if (state.Length >= 4) BitConverter.TryWriteBytes(state.AsSpan(state.Length - 4), SecondReader.Crc32(state.AsSpan(0, state.Length - 4)));
        return state;
    }
}

using System;

namespace EdgeRnn.Runtime;

/// <summary>Stand-in until the measured functions are merged.</summary>
internal static partial class GateFunction
{
    public static void StateGate(int[] m, int at, int n)
    {
        for (int i = at; i < at + n; i++) m[i] = (int)Math.Floor(16777216.0 / (1 + Math.Exp(-m[i] / 32768.0)) + 0.5);
    }

    public static void Gate(int[] m, int at, int n)
    {
        for (int i = at; i < at + n; i++) m[i] = (int)Math.Floor(32768.0 / (1 + Math.Exp(-m[i] / 32768.0)) + 0.5);
    }

    public static void Tanh(int[] m, int at, int n)
    {
        for (int i = at; i < at + n; i++) m[i] = (int)Math.Floor(32768.0 * Math.Tanh(m[i] / 32768.0) + 0.5);
    }
}

using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// The arrays one session runs in, reserved at creation. A float model works in <see cref="Floats"/>, a quantized one in
/// <see cref="Ints"/>; what lies where is the <see cref="MemoryPlan"/>'s.
/// </summary>
internal sealed partial class SessionMemory
{
    public SessionMemory(MemoryPlan plan)
    {
        int overread = 0;
        ReserveVectors(plan, ref overread);
        Floats = new float[plan.FloatCount + overread];
        Ints = new int[plan.IntCount];
        Counters = new int[plan.CounterCount];
        Values = plan.IsQuantized ? Ints : Floats;
    }

    /// <summary>State, window, values and scratch of a float model; state and scratch of float layers in a quantized one.</summary>
    public float[] Floats { get; }

    /// <summary>
    /// State, window, values, scratch and answer of a quantized model: values are 16-bit numbers, states and pre-activations take all
    /// 32 bits.
    /// </summary>
    public int[] Ints { get; }

    /// <summary>Positions in windows and rings; saved like the state.</summary>
    public int[] Counters { get; }

    /// <summary>The one of the two arrays that values between layers lie in, for code that only moves them.</summary>
    public Array Values { get; }

    public void Clear()
    {
        Array.Clear(Floats, 0, Floats.Length);
        Array.Clear(Ints, 0, Ints.Length);
        Array.Clear(Counters, 0, Counters.Length);
    }

    partial void ReserveVectors(MemoryPlan plan, ref int overread);
}

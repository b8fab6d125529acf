namespace EdgeRnn.Runtime;

/// <summary>Stand-in until the measured functions are merged.</summary>
internal static class IntegerSoftmax
{
    public static void Apply(int[] m, int at, int n, int bits)
    {
    }
}

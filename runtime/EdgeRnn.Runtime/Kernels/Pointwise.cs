namespace EdgeRnn.Runtime;

/// <summary>Element-by-element kernels over runs of session memory.</summary>
internal static class Pointwise
{
    /// <summary>Clamps values[offset .. offset + count) to [-bound, bound]; a bound of 0 means none.</summary>
    public static void Clip(float[] values, int offset, int count, float bound)
    {
        if (bound == 0) return;
        for (int i = offset; i < offset + count; i++)
        {
            if (values[i] > bound) values[i] = bound;
            else if (values[i] < -bound) values[i] = -bound;
        }
    }

    /// <summary>target[i] = clip((source[i] - mean[i]) * inverseScale[i]): two separately rounded operations.</summary>
    public static void Standardise(float[] source, int sourceOffset, float[] mean, float[] inverseScale, float clip,
        float[] target, int targetOffset)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            float centred = source[sourceOffset + i] - mean[i];
            target[targetOffset + i] = centred * inverseScale[i];
        }
        Clip(target, targetOffset, mean.Length, clip);
    }
}

namespace EdgeRnn.Runtime;

/// <summary>Element-by-element kernels over runs of session memory.</summary>
internal static partial class Pointwise
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
        int done = 0;
        StandardiseVector(source, sourceOffset, mean, inverseScale, clip, target, targetOffset, ref done);
        StandardisePortable(source, sourceOffset, mean, inverseScale, clip, target, targetOffset, done);
    }

    /// <summary>y[i] = a[i] * b[i] for runs of one array; y may be a or b.</summary>
    public static void Multiply(float[] memory, int a, int b, int y, int count)
    {
        bool done = false;
        MultiplyVector(memory, a, b, y, count, ref done);
        if (!done) MultiplyPortable(memory, a, b, y, count);
    }

    /// <summary>y[i] += a[i] * b[i].</summary>
    public static void AddMultiplied(float[] memory, int a, int b, int y, int count)
    {
        bool done = false;
        AddMultipliedVector(memory, a, b, y, count, ref done);
        if (!done) AddMultipliedPortable(memory, a, b, y, count);
    }

    /// <summary>h[i] = (1 - z[i]) * n[i] + z[i] * h[i]: the update of a GRU.</summary>
    public static void Interpolate(float[] memory, int z, int n, int h, int count)
    {
        bool done = false;
        InterpolateVector(memory, z, n, h, count, ref done);
        if (!done) InterpolatePortable(memory, z, n, h, count);
    }

    /// <summary>c[i] = f[i] * c[i] + i[i] * g[i]: the update of an LSTM cell.</summary>
    public static void UpdateCell(float[] memory, int f, int i, int g, int c, int count)
    {
        bool done = false;
        UpdateCellVector(memory, f, i, g, c, count, ref done);
        if (!done) UpdateCellPortable(memory, f, i, g, c, count);
    }

    /// <summary>y[i] = 1 - x[i].</summary>
    public static void Complement(float[] memory, int x, int y, int count)
    {
        for (int unit = 0; unit < count; unit++) memory[y + unit] = 1 - memory[x + unit];
    }

    /// <summary>The definition of <see cref="Standardise"/>, from one of the features on.</summary>
    internal static void StandardisePortable(float[] source, int sourceOffset, float[] mean, float[] inverseScale, float clip,
        float[] target, int targetOffset, int first)
    {
        for (int i = first; i < mean.Length; i++)
        {
            float centred = source[sourceOffset + i] - mean[i];
            target[targetOffset + i] = centred * inverseScale[i];
        }
        Clip(target, targetOffset + first, mean.Length - first, clip);
    }

    internal static void MultiplyPortable(float[] memory, int a, int b, int y, int count)
    {
        for (int unit = 0; unit < count; unit++) memory[y + unit] = memory[a + unit] * memory[b + unit];
    }

    internal static void AddMultipliedPortable(float[] memory, int a, int b, int y, int count)
    {
        for (int unit = 0; unit < count; unit++) memory[y + unit] += memory[a + unit] * memory[b + unit];
    }

    internal static void InterpolatePortable(float[] memory, int z, int n, int h, int count)
    {
        for (int unit = 0; unit < count; unit++)
            memory[h + unit] = (1 - memory[z + unit]) * memory[n + unit] + memory[z + unit] * memory[h + unit];
    }

    internal static void UpdateCellPortable(float[] memory, int f, int i, int g, int c, int count)
    {
        for (int unit = 0; unit < count; unit++)
            memory[c + unit] = memory[f + unit] * memory[c + unit] + memory[i + unit] * memory[g + unit];
    }

    // Takes as many of the features as fill vectors.
    static partial void StandardiseVector(float[] source, int sourceOffset, float[] mean, float[] inverseScale, float clip,
        float[] target, int targetOffset, ref int done);

    static partial void MultiplyVector(float[] memory, int a, int b, int y, int count, ref bool done);

    static partial void AddMultipliedVector(float[] memory, int a, int b, int y, int count, ref bool done);

    static partial void InterpolateVector(float[] memory, int z, int n, int h, int count, ref bool done);

    static partial void UpdateCellVector(float[] memory, int f, int i, int g, int c, int count, ref bool done);
}

namespace EdgeRnn.Runtime;

/// <summary>
/// Sees every field of <see cref="DetectorSettings"/> in the order of section detc and returns what the field becomes: reading,
/// writing and the checksum so have one order between them.
/// </summary>
internal abstract class SettingsVisitor
{
    public abstract int Int(int value);

    public abstract float Float(float value);

    /// <summary>How long an array becomes.</summary>
    public abstract int Length(int length);

    public virtual bool Flag(bool value) => Int(value ? 1 : 0) != 0;

    public int[] Ints(int[] values)
    {
        int length = Length(values.Length);
        int[] visited = length == values.Length ? values : new int[length];
        for (int i = 0; i < length; i++) visited[i] = Int(visited[i]);
        return visited;
    }

    public float[] Floats(float[] values)
    {
        int length = Length(values.Length);
        float[] visited = length == values.Length ? values : new float[length];
        for (int i = 0; i < length; i++) visited[i] = Float(visited[i]);
        return visited;
    }
}

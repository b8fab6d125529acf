namespace EdgeRnn.Runtime;

/// <summary>Reads section detc.</summary>
internal sealed class SettingsReader : SettingsVisitor
{
    private readonly ByteReader _reader;

    /// <param name="reader">Stands behind the version.</param>
    public SettingsReader(ByteReader reader)
    {
        _reader = reader;
    }

    public override int Int(int value) => _reader.Int32();

    public override float Float(float value) => _reader.Finite(float.MinValue, "number");

    public override bool Flag(bool value) => _reader.Count(0, 1, "flag") == 1;

    public override int Length(int length)
    {
        int count = _reader.Count(0, ModelLimits.MaxFeatures, "length of a list");
        _reader.RequireLeft(4L * count);
        return count;
    }
}

namespace EdgeRnn.Runtime;

/// <summary>The CRC-32 of settings as section detc holds them behind its version, without writing them.</summary>
internal sealed class SettingsChecksum : SettingsVisitor
{
    private uint _crc = Crc32.Start;

    /// <summary>Of what was seen so far.</summary>
    public uint Value => ~_crc;

    public override int Int(int value)
    {
        _crc = Crc32.Add(_crc, value, 4);
        return value;
    }

    public override float Float(float value)
    {
        Int(FloatBits.Of(value));
        return value;
    }

    public override int Length(int length) => Int(length);
}

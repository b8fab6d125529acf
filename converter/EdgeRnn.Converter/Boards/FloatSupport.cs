namespace EdgeRnn.Converter.Boards;

/// <summary>Which floating-point numbers a processor computes itself; the others are computed by software, many times slower.</summary>
public enum FloatSupport
{
    /// <summary>None.</summary>
    None,

    /// <summary>Single precision.</summary>
    Single,

    /// <summary>Single and double precision.</summary>
    Double,
}

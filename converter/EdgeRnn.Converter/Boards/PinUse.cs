namespace EdgeRnn.Converter.Boards;

/// <summary>Directions of a pin.</summary>
public enum PinUse
{
    /// <summary>It is no signal.</summary>
    None,

    /// <summary>It can be read only.</summary>
    In,

    /// <summary>It can be read and written.</summary>
    InOut,
}

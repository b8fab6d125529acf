namespace EdgeRnn.Converter.Boards;

/// <summary>Whether a pin may be used.</summary>
public enum PinRating
{
    /// <summary>It has no other task.</summary>
    Free,

    /// <summary>It has another task that can be given up or gets in the way; its note says which.</summary>
    Caution,

    /// <summary>The board does not work when it is used.</summary>
    Reserved,
}

namespace EdgeRnn.Converter.Boards;

/// <summary>How the headers of a board lie.</summary>
public enum HeaderShape
{
    /// <summary>Rows at the left and the right edge, each counted from the top.</summary>
    Rows,

    /// <summary>One count, down the left edge and up the right one.</summary>
    Dip,

    /// <summary>One header of two rows, odd numbers at the left and even ones at the right.</summary>
    Pairs,

    /// <summary>Names are printed beside the pins and places have no numbers; the order here is not that of the board.</summary>
    Names,
}

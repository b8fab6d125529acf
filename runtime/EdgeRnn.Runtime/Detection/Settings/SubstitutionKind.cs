namespace EdgeRnn.Runtime;

/// <summary>What the network reads in place of a faulty sample.</summary>
public enum SubstitutionKind
{
    /// <summary>The last good reading.</summary>
    Hold = 1,

    /// <summary>The last good reading, drawn towards the channel's mean by a part of the distance at every tick.</summary>
    Decay = 2,

    /// <summary>The channel's mean, which standardises to 0.</summary>
    Mask = 3,
}

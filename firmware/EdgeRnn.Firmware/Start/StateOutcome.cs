namespace EdgeRnn.Firmware;

/// <summary>What became of the saved state at a start.</summary>
public enum StateOutcome
{
    /// <summary>Nobody asked for it yet.</summary>
    NotTried,

    /// <summary>The stream goes on where it was.</summary>
    Restored,

    /// <summary>There is none: the first start, or the first with this storage.</summary>
    None,

    /// <summary>There is one, of another model or other settings, or nothing sound: what is normal is learnt anew.</summary>
    Refused,

    /// <summary>The storage could not be read.</summary>
    Unreadable,
}

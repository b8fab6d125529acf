namespace EdgeRnn.Runtime;

/// <summary>
/// What <see cref="Session.RestoreState"/> returns. On any code but <see cref="Restored"/> the session is unchanged.
/// </summary>
public static class StateStatus
{
    /// <summary>The state was restored.</summary>
    public const int Restored = 0;

    /// <summary>The bytes do not start like a saved state.</summary>
    public const int NotAState = 1;

    /// <summary>The state was saved by a runtime this one does not understand.</summary>
    public const int UnsupportedVersion = 2;

    /// <summary>The state has another length than this model's.</summary>
    public const int WrongLength = 3;

    /// <summary>The checksum does not match.</summary>
    public const int ChecksumMismatch = 4;

    /// <summary>The state belongs to another model.</summary>
    public const int OtherModel = 5;

    /// <summary>A counter or a number in the state is impossible.</summary>
    public const int BadValue = 6;

    /// <summary>The state belongs to a detector with other settings.</summary>
    public const int OtherSettings = 7;

    /// <summary>The code in words, with what to do.</summary>
    public static string Describe(int code)
    {
        switch (code)
        {
            case Restored: return "state restored";
            case NotAState: return "saved state: does not start with the letters ERST; pass bytes made by SaveState";
            case UnsupportedVersion: return "saved state: made by another version of the runtime; start from Reset";
            case WrongLength: return "saved state: incomplete, or made by another model; start from Reset";
            case ChecksumMismatch: return "saved state: damaged, its checksum does not match; start from Reset";
            case OtherModel: return "saved state: made by another model; restore it into that model, or start from Reset";
            case OtherSettings:
                return "saved state: made with other detector settings; start from Reset and let the detector learn again";
            default: return "saved state: holds an impossible number; start from Reset";
        }
    }
}

namespace EdgeRnn.Runtime;

/// <summary>Why a model file was refused. The numbers are stable: devices report them.</summary>
public enum ModelErrorCode
{
    /// <summary>The bytes do not start like an .ernn file.</summary>
    NotAModel = 1,

    /// <summary>The file asks for a format, arithmetic or runtime version this runtime does not have.</summary>
    UnsupportedVersion = 2,

    /// <summary>The file is shorter or longer than it says, or a part runs past its end.</summary>
    WrongLength = 3,

    /// <summary>A CRC-32 does not match the bytes it covers.</summary>
    ChecksumMismatch = 4,

    /// <summary>A section is unknown, missing, repeated or out of order.</summary>
    BadSection = 5,

    /// <summary>A field holds a value the format does not allow.</summary>
    BadValue = 6,

    /// <summary>A tensor's place, type or shape is wrong, or it holds a number that is not finite.</summary>
    BadTensor = 7,

    /// <summary>The wiring of the layers is impossible: a layer reads what is not there yet, or at another rate.</summary>
    BadGraph = 8,

    /// <summary>The file asks for more than the limits of this runtime, or of the caller, allow.</summary>
    LimitExceeded = 9,

    /// <summary>The memory plan in the file is not the one its layers need.</summary>
    PlanMismatch = 10,
}

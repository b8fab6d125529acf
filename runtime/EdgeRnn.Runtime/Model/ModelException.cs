using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// A model file that was refused. Nothing of it has run. The message is one line: where, what was found and expected, what to
/// do next.
/// </summary>
public sealed class ModelException : Exception
{
    /// <summary>Builds the message from the code's remedy.</summary>
    /// <param name="code">Why.</param>
    /// <param name="problem">Where, what was found and what was expected.</param>
    public ModelException(ModelErrorCode code, string problem) : base(problem + "; " + Remedy(code))
    {
        Code = code;
        Problem = problem;
    }

    /// <summary>Why the file was refused.</summary>
    public ModelErrorCode Code { get; }

    /// <summary>
    /// The message without what to do: the converter, which refuses a model before there is a file, has other advice.
    /// </summary>
    internal string Problem { get; }

    /// <summary>What to do about an error, the second half of every message.</summary>
    public static string Remedy(ModelErrorCode code)
    {
        switch (code)
        {
            case ModelErrorCode.NotAModel: return "pass an .ernn file made by `edgernn convert`";
            case ModelErrorCode.UnsupportedVersion:
                return "update the runtime, or convert the model again with its version of edgernn";
            case ModelErrorCode.WrongLength: return "the copy is incomplete or damaged: copy or convert the model again";
            case ModelErrorCode.ChecksumMismatch: return "the copy is damaged: copy or convert the model again";
            case ModelErrorCode.LimitExceeded: return "use a smaller model, or a device or limit that allows it";
            case ModelErrorCode.PlanMismatch: return "the file was changed after conversion: convert the model again";
            default: return "the file is damaged or was not made by edgernn: convert the model again";
        }
    }
}

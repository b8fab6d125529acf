namespace EdgeRnn.Runtime;

/// <summary>What <see cref="SelfTest"/> returns. The numbers are stable: devices report them.</summary>
public static class SelfTestStatus
{
    /// <summary>Every golden step gave what the file says.</summary>
    public const int Passed = 0;

    /// <summary>The file has no golden steps.</summary>
    public const int NoGoldenSteps = 1;

    /// <summary>The file is not the one the model was read from.</summary>
    public const int OtherFile = 2;

    /// <summary>A step answered, or took its input for unusable, where it should not have, or did not where it should.</summary>
    public const int WrongStatus = 3;

    /// <summary>An answer has another number than the file says.</summary>
    public const int WrongAnswer = 4;

    /// <summary>The answers agree, the state behind them does not.</summary>
    public const int WrongState = 5;

    /// <summary>The code in words, with what to do.</summary>
    public static string Describe(int code)
    {
        switch (code)
        {
            case Passed: return "self-test passed";
            case NoGoldenSteps:
                return "self-test: the file has no golden steps; convert the model again without --no-golden";
            case OtherFile:
                return "self-test: the file is not the one the model was read from; pass the bytes given to Model.Load";
            case WrongStatus: return "self-test failed: a step answered at another time; do not trust this build of the runtime";
            case WrongAnswer: return "self-test failed: an answer is wrong; do not trust this build of the runtime";
            default: return "self-test failed: the state is wrong; do not trust this build of the runtime";
        }
    }
}

namespace EdgeRnn.Cli;

/// <summary>What <c>edgernn</c> returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Wrong usage or bad input.</summary>
    public const int BadInput = 1;

    /// <summary>A verification did not match.</summary>
    public const int Mismatch = 2;

    /// <summary>An expectation of a scenario was not met.</summary>
    public const int Unmet = 3;

    /// <summary>A time limit was reached.</summary>
    public const int TimeLimit = 42;

    /// <summary>Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;
}

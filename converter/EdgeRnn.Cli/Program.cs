namespace EdgeRnn.Cli;

/// <summary>The entry point of <c>edgernn</c>.</summary>
internal static class Program
{
    /// <summary>Runs one verb.</summary>
    /// <param name="args">What the user typed.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static int Main(string[] args) => CommandLineApp.Run(args, Terminal.Standard());
}

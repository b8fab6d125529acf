using System;
using System.IO;
using System.Threading.Tasks;

namespace EdgeRnn.Firmware.Pi;

/// <summary>The entry point of <c>edgernn-pi</c>.</summary>
internal static class Program
{
    private const string _help = """
        edgernn-pi watches a sensor and raises an alarm.

          edgernn-pi [--config FILE]                      runs the service
          edgernn-pi check [--config FILE] [--device]     checks configuration, model and self-test, touches no hardware;
                                                          --device: and that the program was built with device packages
          edgernn-pi health [--config FILE] [--wait S]    asks a running service how it is; waits up to S seconds until it is well
          edgernn-pi record --sensor KIND [--rate HZ] [--samples N] [--option NAME=VALUE]...
                                                          prints a line per sample, for edgernn record
          edgernn-pi --version

        FILE is /etc/edgernn/edgernn.json when left out. firmware/Pi/README.md describes it.
        """;

    /// <summary>Runs a command.</summary>
    /// <param name="args">What was typed after <c>edgernn-pi</c>.</param>
    /// <returns>0 done, 1 wrong usage or bad input, 2 the self-test did not match.</returns>
    public static async Task<int> Main(string[] args)
    {
        try
        {
            return await Run(args, Console.Out).ConfigureAwait(false);
        }
        catch (PiException error)
        {
            await Console.Error.WriteLineAsync($"error: {error.Message}").ConfigureAwait(false);
            return error.ExitCode;
        }
    }

    /// <summary>Runs a command.</summary>
    /// <param name="args">As in <see cref="Main"/>.</param>
    /// <param name="output">Takes text for people.</param>
    /// <exception cref="PiException">It cannot be done.</exception>
    internal static async Task<int> Run(string[] args, TextWriter output)
    {
        Arguments arguments = new(args);
        string verb = arguments.Verb;
        if (arguments.Flag("--help"))
        {
            await output.WriteLineAsync(_help).ConfigureAwait(false);
            return 0;
        }
        if (arguments.Flag("--version"))
        {
            await output.WriteLineAsync($"edgernn-pi {BuildInfo.Version}, device packages: {BuildInfo.DevicePackages}")
                .ConfigureAwait(false);
            return 0;
        }
        return verb switch
        {
            "" => await RunCommand.Run(arguments).ConfigureAwait(false),
            "check" => CheckCommand.Run(arguments, output),
            "health" => await HealthCommand.Run(arguments, output).ConfigureAwait(false),
            "record" => RecordCommand.Run(arguments),
            _ => throw new PiException($"there is no command '{verb}'; expected check, health or record, or none to run the service; " +
                "see edgernn-pi --help"),
        };
    }
}

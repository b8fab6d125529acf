using System.CommandLine;
using System.Globalization;

namespace EdgeRnn.Cli.Simulate;

/// <summary>Whether a simulation is shown on a page in the browser, and at which port.</summary>
/// <param name="description">What --web does.</param>
internal sealed class PageArguments(string description)
{
    private readonly Option<bool> _web = new("--web") { Description = description };
    private readonly Option<int> _port = new("--port")
    {
        Description = "With --web: the page's port; without it any that is free.",
        HelpName = "N",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_web);
        verb.Add(_port);
    }

    /// <summary>Whether the page is wanted.</summary>
    /// <exception cref="CommandException">The port is none, or there is one without a page.</exception>
    public bool IsWanted(ParseResult arguments)
    {
        string verb = arguments.CommandResult.Command.Name;
        int port = PortOf(arguments);
        if (port is < 0 or > 65535)
            throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"--port: expected 0 to 65535, found {port}"));
        bool isWeb = arguments.GetValue(_web);
        if (!isWeb && arguments.GetResult(_port) is { Implicit: false })
            throw new CommandException($"{verb}: --port goes with --web; add it, or leave the port out");
        return isWeb;
    }

    /// <summary>The port; 0: any that is free.</summary>
    public int PortOf(ParseResult arguments) => arguments.GetValue(_port);
}

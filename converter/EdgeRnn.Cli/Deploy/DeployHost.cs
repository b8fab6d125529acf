using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeRnn.Cli.Deploy;

/// <summary>Where ssh goes: <c>pi@raspberrypi</c>. Checked, because ssh takes a name that begins with a dash for an option.</summary>
internal sealed partial record DeployHost
{
    private DeployHost(string text) => Text = text;

    /// <summary>As ssh takes it.</summary>
    public string Text { get; }

    /// <summary>As the first part of what scp takes: an IPv6 address in brackets.</summary>
    public string CopyText => Text.Count(letter => letter == ':') < 2 ? Text
        : Text.Contains('@', System.StringComparison.Ordinal)
            ? $"{Text[..(Text.IndexOf('@') + 1)]}[{Text[(Text.IndexOf('@') + 1)..]}]" : $"[{Text}]";

    /// <summary>Reads what the user typed.</summary>
    /// <exception cref="CommandException">It is no user and host.</exception>
    public static DeployHost Parse(string text) => Pattern().IsMatch(text) ? new DeployHost(text) : throw new CommandException(
        $"'{text}': expected USER@HOST of letters, digits, dots and dashes, that begin with neither dash nor dot, as pi@raspberrypi; " +
            "correct it");

    // A user, or none; a name, or an IPv6 address.
    [GeneratedRegex(@"\A(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}@)?" +
        @"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+(?:%[A-Za-z0-9]+)?)\z")]
    private static partial Regex Pattern();
}

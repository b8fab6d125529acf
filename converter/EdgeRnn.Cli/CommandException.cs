using System;

namespace EdgeRnn.Cli;

/// <summary>Wrong usage or bad input. The message is one line: what, where, expected, found, next step.</summary>
internal sealed class CommandException : Exception
{
    public CommandException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}

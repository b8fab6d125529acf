using System;

namespace EdgeRnn.Simulator;

/// <summary>A source cannot be made. The message is one line: expected, found, next step.</summary>
/// <param name="option">The option that is wrong, as <c>speedRpm</c>.</param>
/// <param name="message">One line, without the option's name.</param>
public sealed class SourceException(string option, string message) : Exception(message)
{
    /// <summary>The option that is wrong.</summary>
    public string Option { get; } = option;
}

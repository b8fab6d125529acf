using System;

namespace EdgeRnn.Hardware;

/// <summary>An option of a sensor is wrong. The message is one line: expected, found, next step.</summary>
public sealed class SensorOptionException : Exception
{
    /// <summary>A wrong option.</summary>
    /// <param name="option">Its name.</param>
    /// <param name="message">One line, without the option's name.</param>
    public SensorOptionException(string option, string message) : base(message)
    {
        Option = option;
    }

    /// <summary>The option's name, as <c>address</c>.</summary>
    public string Option { get; }
}

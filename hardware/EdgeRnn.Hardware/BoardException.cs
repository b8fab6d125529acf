using System;

namespace EdgeRnn.Hardware;

/// <summary>A bus or a pin cannot be opened; the message is one line: what, where, found, next step.</summary>
public sealed class BoardException : Exception
{
    /// <summary>A failure to open something.</summary>
    /// <param name="message">One line.</param>
    public BoardException(string message) : base(message)
    {
    }
}

using System;

namespace EdgeRnn.Simulator;

/// <summary>The live page cannot be served: one line with the next step.</summary>
public sealed class LiveServerException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="message">What, where, expected, found, next step.</param>
    /// <param name="cause">What was thrown.</param>
    public LiveServerException(string message, Exception cause) : base(message, cause)
    {
    }
}

using System;

namespace EdgeRnn.Converter;

/// <summary>
/// A source model that cannot be converted. The message is one line for people: what, where, expected, found, next step.
/// </summary>
public sealed class ConversionException : Exception
{
    /// <param name="message">One line: what, where, expected, found, next step.</param>
    public ConversionException(string message) : base(message) { }

    /// <param name="message">One line: what, where, expected, found, next step.</param>
    /// <param name="inner">The cause, shown with --verbose.</param>
    public ConversionException(string message, Exception inner) : base(message, inner) { }
}

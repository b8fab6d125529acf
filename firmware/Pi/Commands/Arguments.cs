using System;
using System.Collections.Generic;
using System.Globalization;

namespace EdgeRnn.Firmware.Pi;

/// <summary>What was typed: a verb, and options with a value or without. What nobody asks for is refused by <see cref="End"/>.</summary>
internal sealed class Arguments
{
    private readonly List<string> _left;

    /// <summary>Arguments.</summary>
    public Arguments(string[] args)
    {
        _left = [.. args];
        if (_left.Count == 0 || _left[0].StartsWith('-')) return;
        Verb = _left[0];
        _left.RemoveAt(0);
    }

    /// <summary>The first word where it is no option, or an empty text.</summary>
    public string Verb { get; } = "";

    /// <summary>Whether an option without a value was given.</summary>
    public bool Flag(string name) => _left.Remove(name);

    /// <summary>The value of an option, or null.</summary>
    public string? Text(string name)
    {
        int at = _left.IndexOf(name);
        if (at < 0) return null;
        if (at + 1 >= _left.Count) throw new PiException($"{name}: expected a value, found nothing; see edgernn-pi --help");
        string value = _left[at + 1];
        _left.RemoveRange(at, 2);
        return value;
    }

    /// <summary>A number, or the fallback.</summary>
    public double Number(string name, double fallback, double least, double most)
    {
        if (Text(name) is not { } text) return fallback;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
            ? value
            : throw new PiException(
                FormattableString.Invariant($"{name}: expected a number from {least} to {most}, found '{text}'; correct it"));
    }

    /// <summary>The values of an option that may come more than once, <c>NAME=VALUE</c>.</summary>
    public Dictionary<string, string> Pairs(string name)
    {
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        while (Text(name) is { } text)
        {
            int split = text.IndexOf('=', StringComparison.Ordinal);
            if (split <= 0 || !pairs.TryAdd(text[..split], text[(split + 1)..]))
                throw new PiException($"{name}: expected NAME=VALUE with each name once, found '{text}'; correct it");
        }
        return pairs;
    }

    /// <summary>Refuses what is left.</summary>
    /// <exception cref="PiException">Something is.</exception>
    public void End()
    {
        if (_left.Count > 0) throw new PiException($"'{_left[0]}': expected nothing more; see edgernn-pi --help");
    }
}

using System;
using System.Globalization;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>Timestamps as NAB writes them, in series without and in windows with a fraction of a second; no time zone.</summary>
internal static class NabTime
{
    public const string Expected = "YYYY-MM-DD HH:MM:SS";

    private static readonly string[] _formats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm"];

    /// <summary>Reads a timestamp.</summary>
    public static bool TryParse(string text, out DateTime time) =>
        DateTime.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}

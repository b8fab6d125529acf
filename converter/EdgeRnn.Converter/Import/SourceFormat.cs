using System;

namespace EdgeRnn.Converter.Import;

/// <summary>A file format a user may come with.</summary>
/// <param name="Name">What it is, for messages.</param>
/// <param name="Kind">Who reads it.</param>
/// <param name="Extensions">With the dot, lower case.</param>
internal sealed record SourceFormat(string Name, SourceKind Kind, params string[] Extensions)
{
    /// <summary>
    /// How its first bytes look (up to <see cref="SourceFormats.HeadBytes"/> of them), or null when they say nothing.
    /// </summary>
    public Func<byte[], bool>? Matches { get; init; }

    /// <summary>True when both the first bytes and the extension have to agree.</summary>
    public bool NeedsExtension { get; init; }

    /// <summary>What to do with a format that is not read.</summary>
    public string Remedy { get; init; } = "";
}

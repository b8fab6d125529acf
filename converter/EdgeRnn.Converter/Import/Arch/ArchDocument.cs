using System;
using System.IO;
using System.Text.Json;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>Opens an ARCH file and checks that it is JSON of a version this reader knows.</summary>
internal static class ArchDocument
{
    /// <summary>The value <c>version</c> has to have.</summary>
    public const int Version = 1;

    private const long LargestFileBytes = 64L << 20;

    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Reads a file. The document has to stay undisposed while its values are read.</summary>
    /// <param name="path">Path of the ARCH file.</param>
    /// <exception cref="ConversionException">Absent, unreadable, too large, or not strict JSON.</exception>
    public static JsonDocument Read(string path)
    {
        string name = Path.GetFileName(path);
        try
        {
            FileInfo file = new(path);
            if (!file.Exists) throw new ConversionException($"{name}: no such ARCH file; looked at {path}");
            if (file.Length > LargestFileBytes)
            {
                throw new ConversionException($"{name}: an ARCH file has at most {LargestFileBytes} bytes, this has " +
                    $"{file.Length}; put the weights into a container of their own");
            }
            return JsonDocument.Parse(File.ReadAllBytes(path), _options);
        }
        catch (JsonException problem)
        {
            throw new ConversionException($"{name}: not valid JSON at line {problem.LineNumber + 1}, byte " +
                $"{problem.BytePositionInLine + 1}; comments, trailing commas and repeated keys are not allowed", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConversionException($"{name}: cannot be read; check the path and its permissions", problem);
        }
    }

    /// <summary>The root object of a document, its version checked.</summary>
    /// <param name="document">What <see cref="Read"/> returned.</param>
    /// <param name="path">Path of the ARCH file, for messages.</param>
    public static ArchObject Root(JsonDocument document, string path)
    {
        ArchObject root = new ArchValue(document.RootElement, Path.GetFileName(path), "$").AsObject();
        ArchValue version = root.Required("version");
        if (version.AsInteger(0) != Version)
            throw version.Fail($"this program reads version {Version}, found {version.Found}; use an EdgeRnn that knows it");
        root.Optional("$schema")?.AsText();
        return root;
    }
}

using System;
using System.IO;

namespace EdgeRnn.Converter.Import;

/// <summary>Reads files a user named; whatever goes wrong is a <see cref="ConversionException"/>.</summary>
internal static class SourceFile
{
    /// <summary>The whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">Refused when longer.</param>
    public static byte[] Read(string path, long maxBytes)
    {
        return Open(path, stream =>
        {
            if (stream.Length > maxBytes)
            {
                throw new ConversionException($"{SourceText.Show(path)}: {stream.Length} bytes, at most {maxBytes} are read; " +
                    "keep only the weights the model needs");
            }
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        });
    }

    /// <summary>The first bytes of a file, fewer when it is shorter.</summary>
    public static byte[] ReadHead(string path, int count)
    {
        return Open(path, stream =>
        {
            byte[] head = new byte[count];
            return head[..stream.ReadAtLeast(head, count, throwOnEndOfStream: false)];
        });
    }

    /// <summary>Whether an exception is what the system throws for a file that cannot be opened or read.</summary>
    public static bool IsTrouble(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>The exception that says why a file could not be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">What the system threw.</param>
    public static ConversionException Unreadable(string path, Exception error)
    {
        string reason = error switch
        {
            FileNotFoundException or DirectoryNotFoundException => "there is no such file; check the path",
            UnauthorizedAccessException when Directory.Exists(path) => "is a folder, expected a file",
            UnauthorizedAccessException => "may not be read; check its permissions",
            _ => $"cannot be read: {SourceText.Show(error.Message)}",
        };
        return new ConversionException($"{SourceText.Show(path)}: {reason}", error);
    }

    private static byte[] Open(string path, Func<FileStream, byte[]> read)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return read(stream);
        }
        catch (Exception error) when (IsTrouble(error))
        {
            throw Unreadable(path, error);
        }
    }
}

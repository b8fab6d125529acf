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

    private static byte[] Open(string path, Func<FileStream, byte[]> read)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return read(stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : error.Message;
            throw new ConversionException($"{SourceText.Show(path)}: cannot be read: {SourceText.Show(reason)}", error);
        }
    }
}

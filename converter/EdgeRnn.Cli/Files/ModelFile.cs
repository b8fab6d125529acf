using System;
using System.IO;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Files;

/// <summary>Reads .ernn files the user named; messages begin with the name.</summary>
internal static class ModelFile
{
    private const long _maxBytes = 1L << 30;

    /// <summary>Reads a model.</summary>
    /// <param name="path">An .ernn file.</param>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="CommandException">It cannot be read, or the runtime refuses it.</exception>
    public static Model Load(string path, out byte[] bytes)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > _maxBytes)
            {
                throw new CommandException($"{path}: {stream.Length} bytes are too long for an .ernn file; " +
                    "pass the file that `edgernn convert` wrote");
            }
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Model.Load(bytes);
        }
        catch (ModelException refusal)
        {
            throw new CommandException($"{path}: {refusal.Message}", refusal);
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException(
                $"{path}: {FileErrors.Reason(error, path)}; pass the file that `edgernn convert` wrote", error);
        }
    }

    /// <summary>Reads a model.</summary>
    /// <param name="path">An .ernn file.</param>
    /// <exception cref="CommandException">It cannot be read, or the runtime refuses it.</exception>
    public static Model Load(string path) => Load(path, out _);

    /// <summary>Whether a file is meant to be an .ernn file: by its name, or by its first bytes.</summary>
    public static bool IsModel(string path)
    {
        if (Path.GetExtension(path).Equals(".ernn", StringComparison.OrdinalIgnoreCase)) return true;
        if (!File.Exists(path)) return false;
        try
        {
            using FileStream stream = File.OpenRead(path);
            Span<byte> head = stackalloc byte[4];
            return stream.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4 && head.SequenceEqual("ERNN"u8);
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            return false; // whoever reads it says why
        }
    }
}

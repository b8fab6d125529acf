using System;
using System.IO;
using System.Linq;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>A folder of .npy files as named tensors: each named after its file, without the extension.</summary>
internal static class NpyFolder
{
    public static NamedTensors Read(string folder)
    {
        string where = SourceText.Show(folder);
        NamedTensors tensors = new(folder);
        long bytesLeft = ContainerLimits.MaxFileBytes;
        foreach (string path in ListFiles(folder))
        {
            byte[] bytes = SourceFile.Read(path, bytesLeft);
            bytesLeft -= bytes.Length;
            tensors.Add(Path.GetFileNameWithoutExtension(path), NpyFile.Parse(bytes, path));
        }
        if (tensors.Names.Count == 0)
        {
            throw new ConversionException(
                $"{where}: the folder holds no .npy file; save each tensor with numpy.save as NAME.npy");
        }
        return tensors;
    }

    private static string[] ListFiles(string folder)
    {
        try
        {
            // One more than allowed, so that NamedTensors refuses the surplus with its own message.
            string[] files = [.. Directory.EnumerateFiles(folder, "*.npy").Take(ContainerLimits.MaxTensors + 1)];
            Array.Sort(files, StringComparer.Ordinal);
            return files;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConversionException($"{SourceText.Show(folder)}: cannot be read: {SourceText.Show(error.Message)}", error);
        }
    }
}

using System;
using System.IO;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>Reads named tensors from whatever holds them.</summary>
public static class TensorContainer
{
    /// <summary>
    /// Reads a PyTorch state_dict (.pt, .pth), a .safetensors file, a JSON document or a folder of .npy files. The content
    /// decides, not the extension.
    /// </summary>
    /// <param name="path">A file or folder.</param>
    /// <returns>The tensors as float32, in file order.</returns>
    /// <exception cref="ConversionException">There is no such file, it holds something else, or it is damaged.</exception>
    public static NamedTensors Read(string path)
    {
        if (Directory.Exists(path)) return NpyFolder.Read(path);
        byte[] head = SourceFile.ReadHead(path, 16);
        if (TorchFile.IsZip(head)) return TorchFile.Parse(SourceFile.Read(path, ContainerLimits.MaxFileBytes), path);
        if (TorchFile.IsPickle(head)) throw TorchFile.RefusePickle(head, path);
        if (SafetensorsFile.Matches(head)) return SafetensorsFile.Parse(SourceFile.Read(path, ContainerLimits.MaxFileBytes), path);
        if (LooksLikeJson(head)) return JsonTensors.Parse(SourceFile.Read(path, ContainerLimits.MaxJsonBytes), path);
        throw new ConversionException($"{SourceText.Show(path)}: holds no named tensors that can be read; " +
            "expected .pt, .safetensors, .json or a folder of .npy files");
    }

    private static bool LooksLikeJson(byte[] head)
    {
        int first = head.AsSpan().StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }) ? 3 : 0;
        while (first < head.Length && head[first] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') first++;
        return first < head.Length && head[first] is (byte)'{' or (byte)'[';
    }
}

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>Reads named tensors from whatever holds them.</summary>
public static class TensorContainer
{
    /// <summary>
    /// Reads a PyTorch state_dict (.pt, .pth), a .safetensors file, a JSON document or a folder of .npy files. The content
    /// decides, and the extension where the content says nothing.
    /// </summary>
    /// <param name="path">A file or folder.</param>
    /// <returns>The tensors as float32, in file order.</returns>
    /// <exception cref="ConversionException">There is no such file, it holds something else, or it is damaged.</exception>
    public static NamedTensors Read(string path)
    {
        SourceFormat format = SourceFormats.Detect(path);
        return format.Kind switch
        {
            SourceKind.NpyFolder => NpyFolder.Read(path),
            SourceKind.Torch => TorchFile.Parse(SourceFile.Read(path, ContainerLimits.MaxFileBytes), path),
            SourceKind.Pickle => throw TorchFile.RefusePickle(SourceFile.ReadHead(path, SourceFormats.HeadBytes), path),
            SourceKind.Safetensors => SafetensorsFile.Parse(SourceFile.Read(path, ContainerLimits.MaxFileBytes), path),
            SourceKind.Json => JsonTensors.Parse(SourceFile.Read(path, ContainerLimits.MaxJsonBytes), path),
            SourceKind.Onnx => throw new ConversionException(
                $"{SourceText.Show(path)}: {format.Name} describes its layers itself, expected a file of tensors; leave out --arch"),
            _ => throw new ConversionException($"{SourceText.Show(path)}: {format.Name}, which is not read; {format.Remedy}"),
        };
    }
}

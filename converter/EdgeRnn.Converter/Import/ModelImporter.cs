using System;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Import.StateDict;

namespace EdgeRnn.Converter.Import;

/// <summary>Imports a trained model from any source that is read: finds out what it is and hands it to its importer.</summary>
public static class ModelImporter
{
    /// <summary>
    /// Reads a source: an ONNX model; a PyTorch state_dict (.pt, .pth, .safetensors, JSON) whose layers follow from names and
    /// shapes; RTNeural's JSON; or, with <see cref="ImportOptions.ArchPath"/>, any container of named tensors.
    /// </summary>
    /// <param name="path">A file, or a folder of .npy files. Its content decides before its extension.</param>
    /// <param name="options">What the user says about the source.</param>
    /// <returns>The canonical graph; <see cref="RecurrentGraph.Notes"/> say what was inferred.</returns>
    /// <exception cref="ConversionException">The source cannot be read or represented, or an option does not apply to
    /// it.</exception>
    public static RecurrentGraph Import(string path, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SourceFormat format = SourceFormats.Detect(path);
        RefuseMisplacedOptions(path, options, format);
        if (format.Kind == SourceKind.Onnx) return Onnx.OnnxImporter.Import(path, options);
        if (options.ArchPath != null) return Arch.ArchImporter.Import(path, options);
        if (format.Kind == SourceKind.NpyFolder)
        {
            throw new ConversionException(
                $"{SourceText.Show(path)}: a folder of .npy files does not say how its tensors are used; add --arch ARCH.json");
        }
        return format.Kind == SourceKind.Json && IsKeras(TensorContainer.Read(path))
            ? KerasJson.KerasJsonImporter.Import(path, options)
            : StateDictImporter.Import(path, options);
    }

    private static void RefuseMisplacedOptions(string path, ImportOptions options, SourceFormat format)
    {
        bool isOnnx = format.Kind == SourceKind.Onnx;
        string? misplaced = isOnnx && options.ArchPath != null ? "--arch"
            : !isOnnx && options.Bindings.Any() ? "--bind"
            : !isOnnx && options.StatePairs.Any() ? "--state"
            : null;
        if (misplaced != null)
            throw new ConversionException($"{SourceText.Show(path)}: {misplaced} does not apply to {format.Name}; leave it out");
    }

    /// <summary>Keras and RTNeural list layers with a type each; a whole Keras architecture has a class_name.</summary>
    private static bool IsKeras(NamedTensors document) =>
        document.Attributes.ContainsKey("layers[0].type") || document.Attributes.ContainsKey("class_name");
}

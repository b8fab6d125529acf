using System;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Import.Containers;

namespace EdgeRnn.Converter.Import;

/// <summary>The formats that are read or known by name: one table for dispatch and for messages.</summary>
internal static class SourceFormats
{
    /// <summary>Bytes at the start of a file that decide.</summary>
    public const int HeadBytes = 16;

    private const string _tensorsAndArch = "save its tensors with numpy.save into a folder and describe the layers in ARCH.json (--arch)";

    private static readonly SourceFormat _folder = new("a folder of .npy files", SourceKind.NpyFolder);

    /// <summary>In the order they are tried: special cases of a container before the container.</summary>
    private static readonly SourceFormat[] _all =
    [
        new("a Keras model", SourceKind.Refused, ".keras") { Matches = TorchFileHead, NeedsExtension = true, Remedy = _tensorsAndArch },
        new("NumPy arrays in a zip archive", SourceKind.Refused, ".npz")
        {
            Matches = TorchFileHead,
            NeedsExtension = true,
            Remedy = "unpack it into a folder and describe the layers in ARCH.json (--arch)",
        },
        new("a PyTorch state_dict", SourceKind.Torch, ".pt", ".pth") { Matches = TorchFileHead },
        new("a Python pickle", SourceKind.Pickle, ".pkl") { Matches = head => TorchFile.IsPickle(head) },
        new("safetensors", SourceKind.Safetensors, ".safetensors") { Matches = head => SafetensorsFile.Matches(head) },
        new("JSON", SourceKind.Json, ".json", ".nam") { Matches = head => JsonTensors.Matches(head) },
        new("an ONNX model", SourceKind.Onnx, ".onnx") { Matches = IsOnnx },
        new("a Keras HDF5 file", SourceKind.Refused, ".h5", ".hdf5")
            { Matches = head => head is [0x89, (byte)'H', (byte)'D', (byte)'F', ..], Remedy = _tensorsAndArch },
        new("a TensorFlow Lite model", SourceKind.Refused, ".tflite")
            { Matches = head => head is [_, _, _, _, (byte)'T', (byte)'F', (byte)'L', (byte)'3', ..], Remedy = _tensorsAndArch },
        new("a single NumPy array", SourceKind.Refused, ".npy")
        {
            Matches = head => head is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..],
            Remedy = "put the arrays into a folder, give the folder, and describe the layers in ARCH.json (--arch)",
        },
        new("an .ernn file, which is converted already", SourceKind.Refused, ".ernn")
            { Matches = head => head.AsSpan().StartsWith("ERNN"u8), Remedy = "use it as it is, or convert its source again" },
        new("a TensorFlow graph", SourceKind.Refused, ".pb") { Remedy = _tensorsAndArch },
        new("a TensorFlow checkpoint", SourceKind.Refused, ".ckpt", ".index") { Remedy = _tensorsAndArch },
        new("raw bytes", SourceKind.Refused, ".bin") { Remedy = _tensorsAndArch },
    ];

    /// <summary>What is accepted, for messages.</summary>
    public static string Accepted { get; } =
        string.Join(", ", _all.Where(format => format.Kind is not (SourceKind.Refused or SourceKind.Pickle))
            .SelectMany(format => format.Extensions)) + " or a folder of .npy files with --arch ARCH.json";

    /// <summary>What a file or folder is: its content decides, and its extension where the content says nothing.</summary>
    /// <exception cref="ConversionException">It cannot be read, or is nothing known.</exception>
    public static SourceFormat Detect(string path)
    {
        if (Directory.Exists(path)) return _folder;
        byte[] head = SourceFile.ReadHead(path, HeadBytes);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        return _all.FirstOrDefault(format => format.Matches?.Invoke(head) == true && (!format.NeedsExtension || IsNamedSo(format)))
            ?? _all.FirstOrDefault(IsNamedSo)
            ?? throw new ConversionException(
                $"{SourceText.Show(path)}: neither its first bytes nor its name say what it is; expected {Accepted}");

        bool IsNamedSo(SourceFormat format) => format.Extensions.Contains(extension);
    }

    private static bool TorchFileHead(byte[] head) => TorchFile.IsZip(head);

    /// <summary>
    /// An ONNX ModelProto as every exporter writes it: the small number ir_version first, then a field of the message.
    /// </summary>
    private static bool IsOnnx(byte[] head)
    {
        const byte irVersion = 0x08, opset = 0x42;
        const int firstIrVersion = 1, lastIrVersion = 31;
        ReadOnlySpan<byte> fields = [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, opset];
        return head.Length > 2 && head[0] == irVersion && head[1] is >= firstIrVersion and <= lastIrVersion && fields.Contains(head[2]);
    }
}

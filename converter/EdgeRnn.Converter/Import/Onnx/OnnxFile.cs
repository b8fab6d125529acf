using System;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Import.Onnx.Proto;
using Google.Protobuf;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>Reads .onnx and serialised tensor files; whatever is wrong with them is a <see cref="ConversionException"/>.</summary>
internal static class OnnxFile
{
    private const int OldestOpset = 7;
    private const int NewestOpset = 23;

    /// <summary>Messages inside messages: six, and three for each conditional inside another.</summary>
    private const int MaxNesting = 24;

    /// <summary>The model in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="opset">The version of the standard operators it uses, 7 to 23.</param>
    public static ModelProto Read(string path, out int opset)
    {
        string where = Path.GetFileName(path);
        ModelProto model = Parse(path, ModelProto.Parser, "an ONNX model");
        if (model.Graph == null || model.IrVersion <= 0)
            throw new ConversionException($"{where}: there is no graph in it, so it is not an ONNX model; export the model again");
        long version = model.OpsetImport.FirstOrDefault(set => IsStandard(set.Domain))?.Version
            ?? throw new ConversionException($"{where}: it does not say which version of the ONNX operators it uses; export the model again");
        if (version is < OldestOpset or > NewestOpset)
        {
            throw new ConversionException($"{where}: it uses operator set {version}, expected {OldestOpset} to {NewestOpset}; " +
                "export the model with an opset_version in that range");
        }
        if (model.Graph.SparseInitializer.Count > 0)
            throw new ConversionException($"{where}: it has sparse weights, which are not supported; store them as dense tensors");
        opset = (int)version;
        return model;
    }

    /// <summary>The tensor in a serialised TensorProto (.pb).</summary>
    public static OnnxValue ReadTensor(string path) =>
        TensorReader.Read(Parse(path, TensorProto.Parser, "a serialised ONNX tensor"), Path.GetFileName(path));

    /// <summary>Whether a domain is that of the standard operators.</summary>
    public static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    private static T Parse<T>(string path, MessageParser<T> parser, string what) where T : IMessage<T>
    {
        byte[] bytes = SourceFile.Read(path, ContainerLimits.MaxFileBytes);
        try
        {
            using MemoryStream stream = new(bytes);
            using CodedInputStream input = CodedInputStream.CreateWithLimits(stream, bytes.Length + 1, MaxNesting);
            T message = parser.WithDiscardUnknownFields(true).ParseFrom(input);
            return message;
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or IOException or InvalidOperationException)
        {
            throw new ConversionException($"{Path.GetFileName(path)}: not {what}, or damaged: {SourceText.Show(error.Message)} " +
                "Copy or export the file again", error);
        }
    }
}

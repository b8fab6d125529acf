using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Onnx;

internal static class OnnxImporter
{
    public static RecurrentGraph Import(string path, ImportOptions options) => throw new ConversionException($"{path}: ONNX is not read yet");
}

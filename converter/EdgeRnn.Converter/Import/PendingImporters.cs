using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Onnx
{
    internal static class OnnxImporter
    {
        public static RecurrentGraph Import(string path, ImportOptions options) => throw new ConversionException($"{path}: ONNX is not read yet");
    }
}

namespace EdgeRnn.Converter.Import.Arch
{
    internal static class ArchImporter
    {
        public static RecurrentGraph Import(string path, ImportOptions options) => throw new ConversionException($"{path}: ARCH.json is not read yet");
    }
}

namespace EdgeRnn.Converter.Import.KerasJson
{
    internal static class KerasJsonImporter
    {
        public static RecurrentGraph Import(string path, ImportOptions options) => throw new ConversionException($"{path}: Keras JSON is not read yet");
    }
}

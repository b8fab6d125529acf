namespace EdgeRnn.Converter.Import;

/// <summary>Who reads a source.</summary>
internal enum SourceKind
{
    /// <summary>Known, and refused with a remedy.</summary>
    Refused,
    Onnx,
    Torch,
    Pickle,
    Safetensors,
    Json,
    NpyFolder,
}

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>What one axis of a tensor that flows through the graph runs over.</summary>
internal enum AxisRole
{
    /// <summary>Features, or an axis of size 1; the only role whose size is known at conversion.</summary>
    Feature,

    /// <summary>Time steps.</summary>
    Time,

    /// <summary>Independent streams.</summary>
    Batch,

    /// <summary>Time steps of all streams, step by step (a reshape merged the two axes).</summary>
    TimeBatch,

    /// <summary>Time steps of all streams, stream by stream.</summary>
    BatchTime,
}

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>Where an element of a <see cref="StreamValue"/> comes from.</summary>
internal enum ElementKind
{
    /// <summary>A feature of a value of the canonical graph.</summary>
    Value,

    /// <summary>A unit of the cell state c of an LSTM after the step.</summary>
    CellState,

    /// <summary>An element of a graph input that is a state.</summary>
    StateInput,
}

/// <summary>One feature of one time step.</summary>
/// <param name="Kind">What the numbers refer to.</param>
/// <param name="Source">The value of the canonical graph (0 its input, k node k - 1), or the index of the state input.</param>
/// <param name="Offset">Which feature, unit or element of it.</param>
/// <param name="Lag">How many of its steps ago; other than 0 only where a window of steps was laid out as features.</param>
internal readonly record struct StreamElement(ElementKind Kind, int Source, int Offset, int Lag = 0);

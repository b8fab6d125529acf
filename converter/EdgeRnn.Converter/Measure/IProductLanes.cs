namespace EdgeRnn.Converter.Measure;

/// <summary>
/// One instruction set's multiply-add. A vector of sums belongs to <see cref="Rows"/> rows; one multiply-add takes <see cref="Columns"/>
/// columns of them, whose weights lie side by side: row after row, in each the columns.
/// </summary>
/// <typeparam name="TSum">Sums of some rows.</typeparam>
/// <typeparam name="TInput">Inputs of some columns, in every lane.</typeparam>
internal interface IProductLanes<TSum, TInput> where TSum : struct where TInput : struct
{
    /// <summary>Rows of one vector of sums.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns of one multiply-add.</summary>
    static abstract int Columns { get; }

    /// <summary>Bytes of a weight.</summary>
    static abstract int WeightBytes { get; }

    /// <summary>Bytes of an input.</summary>
    static abstract int InputBytes { get; }

    /// <summary>The inputs of some columns, for all rows.</summary>
    static abstract TInput Broadcast(ref byte inputs);

    /// <summary>sum + weights * inputs.</summary>
    static abstract TSum MultiplyAdd(TSum sum, ref byte weights, TInput inputs);

    /// <summary>a + b.</summary>
    static abstract TSum Add(TSum a, TSum b);
}

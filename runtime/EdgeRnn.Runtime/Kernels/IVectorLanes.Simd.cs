namespace EdgeRnn.Runtime;

/// <summary>
/// What the cells' kernels need of vectors of one width. The implementations are structures without fields, so that the compiler makes
/// of a kernel written once one for each width, with nothing left of the calls.
/// </summary>
/// <typeparam name="TVector">A vector of floats.</typeparam>
internal interface IVectorLanes<TVector> where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    int Count { get; }

    TVector Broadcast(float value);

    TVector Load(ref float first, int offset);

    void Store(TVector vector, ref float first, int offset);

    /// <summary>Stores the first <paramref name="count"/> lanes; the floats behind them are written with what they hold.</summary>
    void StoreFirst(TVector vector, ref float first, int offset, int count);

    /// <summary>a * b + c.</summary>
    TVector MultiplyAdd(TVector a, TVector b, TVector c);

    TVector Add(TVector a, TVector b);

    TVector Subtract(TVector a, TVector b);

    TVector Multiply(TVector a, TVector b);

    /// <summary>Within 2e-7 of tanh; exactly -1 and 1 far from zero; a NaN stays a NaN.</summary>
    TVector Tanh(TVector x);

    /// <summary>Within 2e-7 of the logistic function, and within a millionth of it where it is near zero; a NaN stays a NaN.</summary>
    TVector Sigmoid(TVector x);

    /// <summary>max(x, 0); a NaN stays a NaN.</summary>
    TVector Relu(TVector x);
}

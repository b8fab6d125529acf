namespace EdgeRnn.Runtime;

/// <summary>
/// The activation functions a layer can apply, with the number each has in an .ernn file. Names, formulas and the
/// meaning of alpha and beta follow the ONNX operator specification.
/// </summary>
public enum ActivationKind
{
    /// <summary>y = x.</summary>
    Linear = 0,

    /// <summary>y = max(x, 0).</summary>
    Relu = 1,

    /// <summary>y = x for x &gt;= 0, alpha * x otherwise.</summary>
    LeakyRelu = 2,

    /// <summary>y = 1 / (1 + exp(-x)).</summary>
    Sigmoid = 3,

    /// <summary>y = min(max(alpha * x + beta, 0), 1). ONNX defaults 0.2 and 0.5; Keras 3 uses 1/6 and 0.5.</summary>
    HardSigmoid = 4,

    /// <summary>y = tanh(x).</summary>
    Tanh = 5,

    /// <summary>y_i = exp(x_i) / sum_j exp(x_j) over the whole vector. Not an activation of a recurrent cell.</summary>
    Softmax = 6,

    /// <summary>y = alpha * x + beta.</summary>
    Affine = 7,

    /// <summary>y = x for x &gt; alpha, 0 otherwise.</summary>
    ThresholdedRelu = 8,

    /// <summary>y = alpha * tanh(beta * x).</summary>
    ScaledTanh = 9,

    /// <summary>y = x for x &gt;= 0, alpha * (exp(x) - 1) otherwise.</summary>
    Elu = 10,

    /// <summary>y = x / (1 + |x|).</summary>
    Softsign = 11,

    /// <summary>y = log(1 + exp(x)).</summary>
    Softplus = 12,

    /// <summary>y = min(max(x, alpha), beta).</summary>
    Clip = 13,
}

using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Graph;

/// <summary>An activation function with its two parameters; see <see cref="ActivationKind"/> for the formulas.</summary>
/// <param name="Kind">Which function.</param>
/// <param name="Alpha">First parameter, 0 where the function has none.</param>
/// <param name="Beta">Second parameter, 0 where the function has none.</param>
public readonly record struct Activation(ActivationKind Kind, float Alpha = 0, float Beta = 0)
{
    /// <summary>The identity.</summary>
    public static Activation Linear => new(ActivationKind.Linear);

    /// <summary>The logistic function.</summary>
    public static Activation Sigmoid => new(ActivationKind.Sigmoid);

    /// <summary>The hyperbolic tangent.</summary>
    public static Activation Tanh => new(ActivationKind.Tanh);

    /// <summary>max(x, 0).</summary>
    public static Activation Relu => new(ActivationKind.Relu);
}

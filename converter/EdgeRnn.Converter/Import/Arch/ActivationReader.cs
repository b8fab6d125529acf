using System;
using System.Collections.Generic;
using System.Text.Json;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>
/// Activations by name. Those with parameters are written as objects, because frameworks disagree on the defaults
/// (hard sigmoid is 0.2x + 0.5 in ONNX and older Keras, x/6 + 0.5 in Keras 3).
/// </summary>
internal static class ActivationReader
{
    private static readonly Dictionary<string, (ActivationKind Kind, int Parameters)> _names = new(StringComparer.Ordinal)
    {
        ["linear"] = (ActivationKind.Linear, 0),
        ["relu"] = (ActivationKind.Relu, 0),
        ["leakyRelu"] = (ActivationKind.LeakyRelu, 1),
        ["sigmoid"] = (ActivationKind.Sigmoid, 0),
        ["hardSigmoid"] = (ActivationKind.HardSigmoid, 2),
        ["tanh"] = (ActivationKind.Tanh, 0),
        ["softmax"] = (ActivationKind.Softmax, 0),
        ["affine"] = (ActivationKind.Affine, 2),
        ["thresholdedRelu"] = (ActivationKind.ThresholdedRelu, 1),
        ["scaledTanh"] = (ActivationKind.ScaledTanh, 2),
        ["elu"] = (ActivationKind.Elu, 1),
        ["softsign"] = (ActivationKind.Softsign, 0),
        ["softplus"] = (ActivationKind.Softplus, 0),
        ["clip"] = (ActivationKind.Clip, 2),
    };

    /// <summary>Reads <c>"tanh"</c> or <c>{"name": "hardSigmoid", "alpha": 0.2, "beta": 0.5}</c>.</summary>
    /// <param name="value">The activation, or null where the file does not say.</param>
    /// <param name="otherwise">What absence means.</param>
    /// <param name="softmaxAllowed">Whether the layer works on whole vectors.</param>
    public static Activation Read(SourceValue? value, Activation otherwise, bool softmaxAllowed = false)
    {
        if (value is not { } given) return otherwise;
        bool bare = given.Element.ValueKind != JsonValueKind.Object;
        SourceObject? body = bare ? null : given.AsObject();
        SourceValue name = body?.Required("name") ?? given;
        SourceValue? alpha = body?.Optional("alpha"), beta = body?.Optional("beta");
        body?.Close();

        (ActivationKind kind, int parameters) = name.AsChoice(_names);
        if (kind == ActivationKind.Softmax && !softmaxAllowed)
            throw name.Fail("softmax needs a whole vector; give it a layer of its own, \"kind\": \"activation\"");
        int found = (alpha != null ? 1 : 0) + (beta != null ? 1 : 0);
        if (found != parameters || (parameters == 1 && alpha == null))
        {
            string form = parameters == 0 ? "no parameter" : parameters == 1 ? "alpha" : "alpha and beta";
            throw given.Fail($"{name.AsText()} takes {form}, for example {Example(name.AsText(), parameters)}");
        }
        return new Activation(kind, alpha?.AsNumber() ?? 0, beta?.AsNumber() ?? 0);
    }

    private static string Example(string name, int parameters) => parameters switch
    {
        0 => $"\"{name}\"",
        1 => $"{{\"name\": \"{name}\", \"alpha\": 0.1}}",
        _ => $"{{\"name\": \"{name}\", \"alpha\": 0.2, \"beta\": 0.5}}",
    };
}

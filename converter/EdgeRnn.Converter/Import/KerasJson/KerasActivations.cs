using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.KerasJson;

/// <summary>Keras' names of activations. Those whose parameters differ between Keras versions are refused.</summary>
internal static class KerasActivations
{
    private static readonly Dictionary<string, Activation> _names = new(StringComparer.Ordinal)
    {
        [""] = Activation.Linear,
        ["linear"] = Activation.Linear,
        ["relu"] = Activation.Relu,
        ["sigmoid"] = Activation.Sigmoid,
        ["tanh"] = Activation.Tanh,
        ["softmax"] = new(ActivationKind.Softmax),
        ["elu"] = new(ActivationKind.Elu, Alpha: 1),
        ["softsign"] = new(ActivationKind.Softsign),
        ["softplus"] = new(ActivationKind.Softplus),
    };

    /// <summary>The activation of a layer without recurrence; absent or empty is linear.</summary>
    public static Activation Read(KerasLayer layer) => Named(layer.Body.Optional("activation"), Activation.Linear);

    /// <summary>The activation of a recurrent layer; absent or empty is tanh, which is what RTNeural computes.</summary>
    public static Activation ReadRecurrent(KerasLayer layer)
    {
        SourceValue? value = layer.Body.Optional("activation");
        if (value is { } given && given.AsText().Length > 0) return CellActivation(given);
        layer.Notes.Add($"{layer.Name}: the file names no activation; tanh is used, as RTNeural does");
        return Activation.Tanh;
    }

    /// <summary>The activation of the gates; absent is sigmoid.</summary>
    public static Activation ReadGates(KerasLayer layer) =>
        layer.Body.Optional("recurrent_activation") is { } given ? CellActivation(given) : Activation.Sigmoid;

    private static Activation CellActivation(SourceValue value)
    {
        Activation activation = Named(value, Activation.Tanh);
        return activation.Kind != ActivationKind.Softmax ? activation
            : throw value.Fail("softmax is not supported inside a recurrent cell");
    }

    private static Activation Named(SourceValue? value, Activation otherwise)
    {
        if (value is not { } given) return otherwise;
        return _names.TryGetValue(given.AsText(), out Activation activation) ? activation
            : throw given.Fail($"activation {given.Found} is not supported in this format; describe the model with --arch ARCH.json, " +
                "where its parameters can be given");
    }
}

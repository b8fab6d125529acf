using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.StateDict;

/// <summary>
/// nn.RNN, nn.GRU, nn.LSTM and their single-step Cell variants. The cell type follows from the rows of the recurrent weights
/// per unit: 1, 3 or 4. PyTorch's gate orders are r z n and i f g o, and its GRU resets after the product.
/// </summary>
internal static class RecurrentModules
{
    private const string _gruGates = "rzn";
    private const string _lstmGates = "ifgo";

    /// <summary>The module, if the group has the parameters of one.</summary>
    /// <param name="group">Tensors of one module; those used are taken out.</param>
    /// <exception cref="ConversionException">It is bidirectional, incomplete, or its shapes contradict each other.</exception>
    public static InferredModule? TryRead(ParameterGroup group)
    {
        string shown = group.Name.Length == 0 ? "the model" : group.Name;
        string? backward = group.Remaining.FirstOrDefault(name => name.EndsWith("_reverse", System.StringComparison.Ordinal));
        if (backward != null)
        {
            throw new ConversionException($"{shown}: a bidirectional layer ({SourceText.Show(backward)}); its backward half needs the " +
                "end of the stream first, so it cannot run step by step; train it with bidirectional=False");
        }
        if (group.Has("weight_ih")) return new InferredModule(shown, [ReadCell(group, "", "")]);
        if (!group.Has("weight_ih_l0")) return null;
        List<InferredLayer> layers = [];
        bool stacked = group.Has("weight_ih_l1");
        for (int layer = 0; group.Has(Suffixed("weight_ih", layer)); layer++)
            layers.Add(ReadCell(group, Suffixed("", layer), stacked ? Suffixed("", layer)[1..] : ""));
        for (int layer = 1; layer < layers.Count; layer++)
        {
            InferredLayer above = layers[layer], below = layers[layer - 1];
            if (above.InputSize != below.OutputSize)
            {
                throw new ConversionException($"{above.Name}: reads {above.InputSize} features, {below.Name} below it makes " +
                    $"{below.OutputSize}; save the whole state_dict of one module");
            }
        }
        return new InferredModule(shown, layers);
    }

    private static string Suffixed(string parameter, int layer) => string.Create(CultureInfo.InvariantCulture, $"{parameter}_l{layer}");

    private static InferredLayer ReadCell(ParameterGroup group, string suffix, string layerName)
    {
        Tensor w = group.Take($"weight_ih{suffix}", rank: 2);
        Tensor u = group.Take($"weight_hh{suffix}", rank: 2);
        Tensor? projection = group.Has($"weight_hr{suffix}") ? group.Take($"weight_hr{suffix}", rank: 2) : null;
        int rows = w.Shape[0], units = projection?.Shape[1] ?? u.Shape[1], outputSize = projection?.Shape[0] ?? units;
        int gates = units > 0 && rows % units == 0 ? rows / units : 0;
        string kind = gates switch { 1 => "RNN", 3 => "GRU", 4 => "LSTM", _ => "" };
        string name = NodeName(group.Name, layerName, kind);
        if (kind.Length == 0 || u.Shape[0] != rows || u.Shape[1] != outputSize || w.Shape[1] == 0 || (projection != null && gates != 4))
        {
            throw new ConversionException($"{name}: weight_ih {w.ShapeText}, weight_hh {u.ShapeText}" +
                (projection == null ? "" : $", weight_hr {projection.ShapeText}") +
                $" with {units} units are no RNN (1 row per unit), GRU (3) or LSTM (4); describe the cell in ARCH.json (--arch)");
        }
        Tensor? inputBias = group.TakeBias($"bias_ih{suffix}", rows), recurrentBias = group.TakeBias($"bias_hh{suffix}", rows);
        string detail = gates switch
        {
            1 => ", tanh",
            3 => ", reset after",
            _ when projection != null => $", {units} cells projected",
            _ => "",
        };
        string description = $"{kind} {w.Shape[1]} -> {outputSize}{detail}";
        return new InferredLayer(name, LayerRank.Recurrent, w.Shape[1], outputSize, description, inputs => gates switch
        {
            1 => CellBuilder.Rnn(name, inputs, w, u, inputBias, recurrentBias, Activation.Tanh),
            3 => CellBuilder.Gru(name, inputs, _gruGates, w, u, inputBias, recurrentBias, resetAfter: true),
            _ => CellBuilder.Lstm(name, inputs, _lstmGates, w, u, inputBias, recurrentBias) with { Projection = projection },
        })
        {
            Assumption = gates == 1 ? $"{name}: tanh is assumed; PyTorch stores relu the same way" : null,
        };
    }

    private static string NodeName(string group, string layer, string kind)
    {
        string name = group.Length > 0 ? group : kind.Length > 0 ? kind.ToLowerInvariant() : "cell";
        return layer.Length == 0 ? name : $"{name}.{layer}";
    }
}

using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>
/// Reads one element of <c>stateLinks</c>: a decoder layer that starts from the state of a layer of the main graph. Without
/// <c>fromState</c> and <c>toState</c> all states of two layers of the same kind are linked.
/// </summary>
internal static class StateLinkReader
{
    private static readonly Dictionary<string, StatePart> _parts = new(StringComparer.Ordinal)
    {
        ["hidden"] = StatePart.Hidden,
        ["cell"] = StatePart.Cell,
    };

    /// <summary>Reads the object.</summary>
    public static IReadOnlyList<StateLink> Read(SourceObject body, Subgraph main, Wiring mainWiring, Subgraph decoder,
        Wiring decoderWiring)
    {
        SourceValue from = body.Required("from"), to = body.Required("to");
        SourceValue? fromState = body.Optional("fromState"), toState = body.Optional("toState");
        body.Close();
        int source = mainWiring.NodeIndex(from), target = decoderWiring.NodeIndex(to);
        if ((fromState == null) != (toState == null)) throw body.Fail("'fromState' and 'toState' go together");

        (StatePart From, StatePart To)[] parts = fromState is { } one && toState is { } other
            ? [(one.AsChoice(_parts), other.AsChoice(_parts))]
            : main.Nodes[source] is LstmNode && decoder.Nodes[target] is LstmNode
                ? [(StatePart.Hidden, StatePart.Hidden), (StatePart.Cell, StatePart.Cell)]
                : [(StatePart.Hidden, StatePart.Hidden)];
        if (fromState == null && main.Nodes[source].GetType() != decoder.Nodes[target].GetType())
            throw body.Fail("the two layers are of different kinds; say which states with 'fromState' and 'toState'");

        List<StateLink> links = [];
        foreach ((StatePart fromPart, StatePart toPart) in parts)
        {
            int have = StateSize(main.Nodes[source], fromPart, from), want = StateSize(decoder.Nodes[target], toPart, to);
            if (have != want) throw body.Fail($"a state of {have} units cannot start one of {want}");
            links.Add(new StateLink(source, fromPart, target, toPart));
        }
        return links;
    }

    private static int StateSize(GraphNode node, StatePart part, SourceValue place) => (node, part) switch
    {
        (LstmNode lstm, StatePart.Cell) => lstm.CellSize,
        (LstmNode or GruNode or RnnNode, StatePart.Hidden) => node.OutputSize,
        (GruNode or RnnNode, StatePart.Cell) => throw place.Fail($"{SourceValue.Quote(node.Name)} has no cell state; only an LSTM has"),
        _ => throw place.Fail($"{SourceValue.Quote(node.Name)} is not a recurrent layer and has no state"),
    };
}

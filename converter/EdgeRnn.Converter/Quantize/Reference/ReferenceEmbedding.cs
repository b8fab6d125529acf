using System;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>y = table[floor(x + 0.5)]; zeros for an x that names no row, as in the runtime.</summary>
internal sealed class ReferenceEmbedding(EmbeddingNode node, SignalTap tap) : ReferenceLayer(node.OutputSize, tap)
{
    public override bool Step(ReadOnlySpan<double> x)
    {
        Array.Clear(Output);
        int vocabularySize = node.Table.Shape[0];
        if (!(x[0] > -0.5 && x[0] < vocabularySize - 0.5)) return true;
        int row = (int)(x[0] + 0.5);
        for (int i = 0; i < Output.Length; i++) Output[i] = node.Table.Data[row * Output.Length + i];
        return true;
    }
}

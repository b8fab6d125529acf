using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// Decides how the weights of each layer are rounded: of several ways, plain rounding among them, the one that changes the
/// model's answers least. What was decided is kept, for converters that try many mixes of schemes.
/// </summary>
/// <param name="trials">Knows the answers.</param>
internal sealed class RoundingChoice(RoundingTrials trials)
{
    // Larger layers average over luck, and take long to round.
    private const int SmallWeights = 16 * 1024;

    private readonly Dictionary<Question, QuantizedNode> _chosen = [];

    /// <summary>The layer in integers.</summary>
    /// <param name="question">Which layer, and all that its integers depend on.</param>
    /// <param name="round">Rounds it in a style; null is plain rounding.</param>
    public QuantizedNode Choose(Question question, Func<RoundingStyle?, QuantizedNode> round)
    {
        if (_chosen.TryGetValue(question, out QuantizedNode? known)) return known;
        QuantizedNode best = round(RoundingStyle.Usual);
        if (question.Scheme != Scheme.W16A16 && best.Weights.Count > 0 && ErrorOf(question, best) is { } least)
        {
            bool isSmall = best.Weights.Sum(weights => weights.Dequantized.Data.Length) <= SmallWeights;
            foreach (RoundingStyle? style in isSmall ? RoundingStyle.All.Skip(1).Append(null) : [null])
            {
                QuantizedNode candidate = round(style);
                if (ErrorOf(question, candidate) is not { } error || error >= least) continue;
                least = error;
                best = candidate;
            }
        }
        return _chosen[question] = best;
    }

    private double? ErrorOf(Question question, QuantizedNode node) =>
        trials.Error(question.Part, question.Node, node.Dequantized);

    /// <summary>What the integers of a layer depend on.</summary>
    /// <param name="Part">Which graph.</param>
    /// <param name="Node">Index of the layer.</param>
    /// <param name="Scheme">Of the layer.</param>
    /// <param name="OutputBits">Fraction bits of its output.</param>
    /// <param name="InputBits">Fraction bits of what it reads, feature by feature.</param>
    /// <param name="Ranges">Of all signals.</param>
    internal readonly record struct Question(GraphPart Part, int Node, Scheme Scheme, int OutputBits, string InputBits,
        ValueRanges Ranges);
}

using System.Linq;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>When a value arrives: at step First, then every Period steps of the graph's input.</summary>
internal readonly record struct SecondRate(long First, long Period)
{
    public bool ArrivesAt(long step) => step >= First && (step - First) % Period == 0;
}

internal static class SecondRates
{
    private const int Most = 1 << 20;

    /// <summary>The rates of all values: the input's, then those of the layers.</summary>
    public static SecondRate[] Of(SecondGraph graph)
    {
        SecondRate[] rates = new SecondRate[graph.Layers.Length + 1];
        rates[0] = new SecondRate(0, 1);
        for (int i = 0; i < graph.Layers.Length; i++)
        {
            SecondLayer layer = graph.Layers[i];
            SecondRate rate = Joint(layer.Inputs, rates);
            if (layer.Kind == SecondLayer.Conv)
            {
                rate = new SecondRate(rate.First + (layer.PaddedStart ? 0 : layer.Reach * rate.Period), rate.Period * layer.Stride);
                Must(rate.First <= Most && rate.Period <= Most, "first and period are at most 2^20");
            }
            rates[i + 1] = rate;
        }
        return rates;
    }

    /// <summary>The one rate of values read together.</summary>
    public static SecondRate Joint(SecondSegment[] pieces, SecondRate[] rates)
    {
        SecondRate rate = rates[pieces[0].Value];
        Must(pieces.All(piece => rates[piece.Value] == rate), "values read together arrive together");
        return rate;
    }
}

using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>Models that compute nothing, for detectors a network has to beat by the same rule.</summary>
public static class TrivialModels
{
    /// <summary>Answers the standardised sample itself: as a forecast of the next one, "nothing changes".</summary>
    /// <param name="training">[rows][channels] that standardise.</param>
    public static Model Persistence(float[][] training)
    {
        int channels = training[0].Length;
        Segment sample = new(0, 0, channels);
        RecurrentGraph graph = new()
        {
            Name = "nothing changes",
            Main = new Subgraph { InputSize = channels, Nodes = [], Outputs = [sample] },
        };
        return Model.Load(ErnnWriter.Write(SeriesModels.Standardised(graph, training, 0)));
    }
}

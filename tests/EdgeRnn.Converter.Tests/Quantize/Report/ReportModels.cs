using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Tests.Quantize.Report;

/// <summary>Models without a state.</summary>
internal static class ReportModels
{
    /// <summary>y = W x with two inputs and two outputs.</summary>
    /// <param name="name">Of model and layer.</param>
    public static RecurrentGraph Dense(string name) => new()
    {
        Name = name,
        Main = new Subgraph
        {
            InputSize = 2,
            Nodes = [new DenseNode(name, [new Segment(0, 0, 2)], new Tensor([0.3f, -0.7f, 0.11f, 0.9f], 2, 2), null,
                Activation.Linear)],
            Outputs = [new Segment(1, 0, 2)],
        },
    };
}

using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Gru_runs()
    {
        Graphs graphs = new(1);
        Model model = Graphs.Load(Graphs.Chain(3, graphs.Gru(8), graphs.Dense(2)));
        Session session = new(model);
        float[] output = new float[2];
        foreach (float[] x in graphs.Signal(10, 3)) Assert.Equal(StepStatus.OutputReady, session.Step(x, 0, output, 0));
        Assert.All(output, value => Assert.True(float.IsFinite(value) && value != 0));
    }
}

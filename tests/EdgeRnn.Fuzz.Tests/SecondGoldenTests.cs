using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>A reader made from FORMAT.md alone replays the golden steps that the converter stored.</summary>
public sealed class SecondGoldenTests
{
    private const int Graphs = 80;

    [Fact]
    public void Golden_steps_of_random_float_models_replay()
    {
        for (int seed = 0; seed < Graphs; seed++) Replay(ErnnWriter.Write(RandomGraphs.Create(seed)), seed);
    }

    [Fact]
    public void Golden_steps_of_random_quantized_models_replay_exactly_without_float_layers()
    {
        int exact = 0;
        for (int seed = 0; seed < Graphs; seed++)
        {
            if (Replay(ErnnWriter.Write(RandomIntegers.Create(seed)), seed)) exact++;
        }
        Assert.InRange(exact, Graphs / 2, Graphs - 1);
    }

    private static bool Replay(byte[] bare, int seed)
    {
        byte[] file = GoldenSteps.Append(bare);
        SecondGolden second = new(file);
        SelfTest test = new(file, Model.Load(file));
        Assert.Equal((test.IsExact, test.StepCount, test.Tolerance), (second.IsExact, second.StepCount, second.Tolerance));
        foreach (string difference in second.Replay()) Assert.Fail($"seed {seed}, {difference}");
        return second.IsExact;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Streams in tiles, and sessions on several threads: each has the bits it has alone, whatever the sizes.</summary>
public sealed class FusedBatchTests
{
    private const int Seed = 20261122, Steps = 5;

    public static TheoryData<string> Cells => ["gru", "gru reset before", "lstm", "rnn"];

    [Theory, MemberData(nameof(Cells))]
    public void Streams_of_a_batch_have_the_bits_of_a_session(string cell)
    {
        Random random = new(Seed);
        foreach (int hiddenSize in Enumerable.Range(1, 70).Concat(Enumerable.Range(127, 4)))
        {
            int count = random.Next(1, 10), inputSize = random.Next(1, 8);
            Model model = Load(cell, inputSize, hiddenSize);
            SessionBatch batch = new(model, count);
            Session[] alone = [.. Enumerable.Range(0, count).Select(_ => new Session(model))];
            float[] expected = new float[hiddenSize], found = new float[count * hiddenSize];
            int[] statuses = new int[count];
            foreach (float[] x in new Graphs(Seed).Signal(Steps, count * inputSize))
            {
                batch.Step(x, found, statuses);
                for (int stream = 0; stream < count; stream++)
                {
                    alone[stream].Step(x, stream * inputSize, expected, 0);
                    Assert.True(expected.AsSpan().SequenceEqual(found.AsSpan(stream * hiddenSize, hiddenSize)),
                        $"seed {Seed}, {cell} {inputSize},{hiddenSize}, stream {stream} of {count}");
                }
            }
        }
    }

    [Theory, MemberData(nameof(Cells))]
    public void Sessions_on_several_threads_have_the_bits_of_one(string cell)
    {
        const int HiddenSize = 65, Threads = 4;
        Model model = Load(cell, 3, HiddenSize);
        float[][] signal = new Graphs(Seed).Signal(LongRun.Choose(2_000, 50_000), 3);
        float[] expected = Run(model, signal);
        float[][] found = new float[Threads][];
        Parallel.For(0, Threads, thread => found[thread] = Run(model, signal));
        Assert.All(found, answer => Assert.Equal(expected, answer));
    }

    private static float[] Run(Model model, IEnumerable<float[]> signal)
    {
        Session session = new(model);
        float[] answer = new float[model.OutputSize];
        foreach (float[] x in signal) session.Step(x, 0, answer, 0);
        return answer;
    }

    private static Model Load(string cell, int inputSize, int hiddenSize)
    {
        Graphs graphs = new(Seed + hiddenSize);
        Func<IReadOnlyList<Segment>, GraphNode> node = cell switch
        {
            "gru" => graphs.Gru(hiddenSize),
            "gru reset before" => graphs.Gru(hiddenSize, resetAfter: false),
            "lstm" => graphs.Lstm(hiddenSize),
            _ => graphs.Rnn(hiddenSize),
        };
        return Graphs.Load(Graphs.Chain(inputSize, node));
    }
}

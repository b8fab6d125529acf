using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Stepping many streams in one call is stepping each of them.</summary>
public sealed class SessionBatchTests
{
    private const int Steps = 24;

    // More than two groups of streams, with a rest.
    private const int Many = 131;

    public static TheoryData<string> Names => Specimens.AllNames;

    public static TheoryData<string> IntegerNames => AllocationTests.IntegerNames;

    [Theory, MemberData(nameof(Names))]
    public void Every_stream_answers_as_a_session_alone_does(string name)
    {
        Model model = Specimens.Load(name);
        float[][][] signals = Signals(model, 5);
        float[][] expected = [.. signals.Select(signal => Alone(model, signal))];
        SessionBatch batch = new(model, signals.Length);
        for (int step = 0; step < Steps; step++)
        {
            float[] outputs = new float[batch.Count * model.OutputSize];
            int[] statuses = new int[batch.Count];
            batch.Step([.. signals.SelectMany(signal => signal[step])], outputs, statuses);
            for (int stream = 0; stream < batch.Count; stream++)
            {
                float[] found = [statuses[stream], .. Row(outputs, stream, model.OutputSize)];
                Assert.Equal(Row(expected[stream], step, model.OutputSize + 1), found);
            }
        }
    }

    [Theory]
    [InlineData("gru wide")]
    [InlineData("lstm")]
    [InlineData("rnn tanh")]
    [InlineData("gru reset after, w8a16")]
    public void The_place_in_a_batch_does_not_matter(string name)
    {
        Model model = Specimens.Load(name);
        float[][] signal = Specimens.Signal(model, Steps);
        float[] alone = Alone(model, signal);
        SessionBatch batch = new(model, Many);
        float[] outputs = new float[Many * model.OutputSize];
        int[] statuses = new int[Many];
        for (int step = 0; step < Steps; step++)
        {
            batch.Step([.. Enumerable.Repeat(signal[step], Many).SelectMany(x => x)], outputs, statuses);
            float[] expected = Row(alone, step, model.OutputSize + 1);
            for (int stream = 0; stream < Many; stream++) Assert.Equal(expected[1..], Row(outputs, stream, model.OutputSize));
        }
    }

    [Theory, MemberData(nameof(IntegerNames))]
    public void Integers_in_are_integers_out_as_in_a_session(string name)
    {
        Model model = Specimens.Load(name);
        short[][][] signals = [.. Signals(model, 3).Select(signal =>
            signal.Select(x => Array.ConvertAll(x, value => (short)(value * 9000))).ToArray())];
        signals[0][0][0] = short.MinValue;
        SessionBatch batch = new(model, signals.Length), counting = new(model, signals.Length);
        Session[] sessions = [.. signals.Select(_ => new Session(model))], counters = [.. signals.Select(_ => new Session(model))];
        short[] outputs = new short[batch.Count * model.OutputSize], expected = new short[outputs.Length];
        int[] statuses = new int[batch.Count];
        for (int step = 0; step < Steps; step++)
        {
            short[] inputs = [.. signals.SelectMany(signal => signal[step])];
            batch.StepQuantized(inputs, outputs, statuses);
            for (int i = 0; i < sessions.Length; i++)
                Assert.Equal(sessions[i].StepQuantized(inputs, i * model.InputSize, expected, i * model.OutputSize), statuses[i]);
            Assert.Equal(expected, outputs);
            if (!model.AcceptsCounts) continue;
            counting.StepCounts(inputs, outputs, statuses);
            for (int i = 0; i < sessions.Length; i++)
                Assert.Equal(counters[i].StepCounts(inputs, i * model.InputSize, expected, i * model.OutputSize), statuses[i]);
            Assert.Equal(expected, outputs);
        }
    }

    [Fact]
    public void One_stream_can_be_reset_saved_and_stepped_by_itself()
    {
        Model model = Specimens.Load("gru reset after");
        float[][] signal = Specimens.Signal(model, Steps);
        SessionBatch batch = new(model, 3);
        float[] outputs = new float[3 * model.OutputSize];
        int[] statuses = new int[3];
        float[] Inputs(int step) => [.. Enumerable.Repeat(signal[step], 3).SelectMany(x => x)];
        batch.Step(Inputs(0), outputs, statuses);
        batch[1].Reset();
        batch[2].Step(signal[1], 0, outputs, 0);
        batch.Step(Inputs(2), outputs, statuses);

        Session apart = new(model);
        float[] expected = new float[model.OutputSize];
        apart.Step(signal[2], 0, expected, 0);
        Assert.Equal(expected, Row(outputs, 1, model.OutputSize));
        Assert.Equal([2, 1, 3], new[] { batch[0].StepCount, batch[1].StepCount, batch[2].StepCount });
        batch.Reset();
        Assert.Equal(0, batch[2].StepCount);
    }

    [Theory]
    [InlineData("inputs", 5, 6, 2)]
    [InlineData("outputs", 6, 3, 2)]
    [InlineData("statuses", 6, 6, 1)]
    public void A_buffer_for_fewer_streams_is_refused_and_nothing_changes(string buffer, int inputs, int outputs, int statuses)
    {
        SessionBatch batch = new(Specimens.Load("gru reset after"), 2);
        ArgumentException found = Assert.Throws<ArgumentException>(() =>
            batch.Step(new float[inputs], new float[outputs], new int[statuses]));
        Assert.StartsWith($"{buffer}: 2 streams need ", found.Message, StringComparison.Ordinal);
        Assert.Equal(0, batch[0].StepCount);
        batch.Step(new float[6], new float[6], new int[2]);
    }

    [Fact]
    public void A_batch_without_streams_and_integers_for_floats_are_refused()
    {
        Model model = Specimens.Load("gru reset after");
        Assert.Throws<ArgumentOutOfRangeException>(() => new SessionBatch(model, 0));
        SessionBatch batch = new(model, 1);
        Assert.Throws<ArgumentException>(() => batch.StepQuantized(new short[3], new short[2], new int[1]));
        Assert.Throws<ArgumentException>(() => batch.StepCounts(new short[3], new short[2], new int[1]));
    }

    private static float[][][] Signals(Model model, int streams)
    {
        float[][] signal = Specimens.Signal(model, streams * Steps);
        return [.. Enumerable.Range(0, streams).Select(stream => signal[(stream * Steps)..((stream + 1) * Steps)])];
    }

    // Status and answer of every step; an answer that is not there is zeros.
    private static float[] Alone(Model model, float[][] signal)
    {
        Session session = new(model);
        return [.. signal.SelectMany(x =>
        {
            float[] output = new float[model.OutputSize];
            int status = session.Step(x, 0, output, 0);
            return output.Prepend(status);
        })];
    }

    private static float[] Row(float[] values, int row, int length) => values[(row * length)..((row + 1) * length)];
}

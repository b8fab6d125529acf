using System;
using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>What holds for every model: state is a value, sessions are independent, Reset is a new start.</summary>
public sealed class SessionTests
{
    private const int Steps = 40;

    public static TheoryData<string> Names => Specimens.AllNames;

    [Theory, MemberData(nameof(Names))]
    public void Step_answers_and_its_answers_change_with_the_input(string name)
    {
        Model model = Specimens.Load(name);
        float[][] signal = Specimens.Signal(model, Steps);
        List<float[]> answers = Run(new Session(model), signal, 0, Steps);
        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.All(answer, value => Assert.True(float.IsFinite(value))));
        foreach (float[] x in signal) Array.Reverse(x);
        signal[0][0] = model.InputSize == 1 ? (signal[0][0] + 1) % 4 : signal[0][0] + 0.5f;
        Assert.NotEqual(answers, Run(new Session(model), signal, 0, Steps));
    }

    [Theory, MemberData(nameof(Names))]
    public void Two_sessions_over_one_model_do_not_influence_each_other(string name)
    {
        Model model = Specimens.Load(name);
        float[][] signal = Specimens.Signal(model, Steps);
        float[][] other = Specimens.Signal(model, 2 * Steps)[Steps..];
        List<float[]> expected = Run(new Session(model), signal, 0, Steps);
        Session first = new(model), second = new(model);
        List<float[]> found = [];
        for (int step = 0; step < Steps; step++)
        {
            found.AddRange(Run(first, signal, step, step + 1));
            Run(second, other, step, step + 1);
        }
        Assert.Equal(expected, found);
    }

    [Theory, MemberData(nameof(Names))]
    public void Reset_equals_a_new_session(string name)
    {
        Model model = Specimens.Load(name);
        float[][] signal = Specimens.Signal(model, Steps);
        Session session = new(model);
        List<float[]> expected = Run(session, signal, 0, Steps);
        byte[] fresh = Save(new Session(model));
        Run(session, signal, 0, 5);
        session.Reset();
        Assert.Equal(fresh, Save(session));
        Assert.Equal(expected, Run(session, signal, 0, Steps));
    }

    [Theory, MemberData(nameof(Names))]
    public void State_restored_into_another_session_continues_the_stream(string name)
    {
        Model model = Specimens.Load(name);
        float[][] signal = Specimens.Signal(model, Steps);
        List<float[]> expected = Run(new Session(model), signal, 0, Steps);
        for (int pause = 0; pause < Steps; pause++)
        {
            Session before = new(model), after = new(Specimens.Load(name));
            List<float[]> found = Run(before, signal, 0, pause);
            Run(after, signal, 3, 9);
            byte[] state = Save(before);
            Assert.Equal(StateStatus.Restored, after.RestoreState(state, 0, state.Length));
            Assert.Equal(state, Save(after));
            found.AddRange(Run(after, signal, pause, Steps));
            Assert.Equal(expected, found);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_reader_of_spans_gives_the_same_answers(string name)
    {
        Model model = Specimens.Load(name);
        float[][] signal = Specimens.Signal(model, Steps);
        List<float[]> expected = Run(new Session(model), signal, 0, Steps);
        List<float[]> found = [];
        Session session = new(model);
        float[] output = new float[model.OutputSize];
        foreach (float[] x in signal)
        {
            if ((session.Step(x.AsSpan(), output.AsSpan()) & StepStatus.OutputReady) != 0) found.Add([.. output]);
        }
        Assert.Equal(expected, found);
    }

    [Theory, MemberData(nameof(Names))]
    public void Step_writes_only_its_answer_and_honours_offsets(string name)
    {
        Model model = Specimens.Load(name);
        float[][] signal = Specimens.Signal(model, Steps);
        List<float[]> expected = Run(new Session(model), signal, 0, Steps);
        Session session = new(model);
        float[] input = new float[model.InputSize + 3], output = new float[model.OutputSize + 5];
        int answer = 0;
        foreach (float[] x in signal)
        {
            Array.Fill(output, 123f);
            x.CopyTo(input, 2);
            bool ready = (session.Step(input, 2, output, 4) & StepStatus.OutputReady) != 0;
            Assert.Equal([123f, 123f, 123f, 123f], output[..4]);
            Assert.Equal(123f, output[^1]);
            if (ready) Assert.Equal(expected[answer++], output[4..^1]);
            else Assert.All(output, value => Assert.Equal(123f, value));
        }
    }

    [Fact]
    public void Buffers_that_are_too_short_are_refused_and_change_nothing()
    {
        Model model = Specimens.Load("gru reset after");
        Session session = new(model);
        byte[] before = Save(session);
        Assert.Contains("input: 3 elements", Assert.Throws<ArgumentException>(() => session.Step(new float[2], 0, new float[2], 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => session.Step(new float[3], 1, new float[2], 0));
        Assert.Throws<ArgumentException>(() => session.Step(new float[3], -1, new float[2], 0));
        Assert.Contains("output: 2 elements", Assert.Throws<ArgumentException>(() => session.Step(new float[3], 0, new float[2], 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => session.Step(new float[3].AsSpan(), new float[1].AsSpan()));
        Assert.Throws<ArgumentException>(() => session.SaveState(new byte[session.SavedStateBytes], 1));
        Assert.Equal(before, Save(session));
    }

    [Fact]
    public void Warm_up_is_reported_for_as_many_steps_as_the_model_says()
    {
        Graphs graphs = new(5);
        byte[] file = Converter.Emit.ErnnWriter.Write(new Converter.Graph.RecurrentGraph { Name = "t", Main = Graphs.Chain(2, graphs.Gru(3)) },
            modelVersion: 7, warmUpSteps: 4);
        Model model = Model.Load(file);
        Assert.Equal((7, 4), (model.ModelVersion, model.WarmUpSteps));
        Session session = new(model);
        float[] output = new float[3];
        for (int step = 0; step < 8; step++)
        {
            int expected = StepStatus.OutputReady | (step < 4 ? StepStatus.WarmingUp : 0);
            Assert.Equal(expected, session.Step(new float[2], 0, output, 0));
        }
        Assert.Equal(8, session.StepCount);
        session.Reset();
        Assert.NotEqual(0, session.Step(new float[2], 0, output, 0) & StepStatus.WarmingUp);
    }

    [Theory]
    [InlineData(-0.6f, true)]
    [InlineData(-0.4f, false)]
    [InlineData(3.4f, false)]
    [InlineData(3.6f, true)]
    [InlineData(float.NaN, true)]
    [InlineData(float.PositiveInfinity, true)]
    public void An_embedding_index_outside_its_table_is_reported(float index, bool invalid)
    {
        Session session = new(Specimens.Load("embedding, softmax and argmax"));
        int status = session.Step([index], 0, new float[5], 0);
        Assert.Equal(invalid, (status & StepStatus.InvalidInput) != 0);
    }

    private static byte[] Save(Session session)
    {
        byte[] state = new byte[session.SavedStateBytes];
        Assert.Equal(state.Length, session.SaveState(state, 0));
        return state;
    }

    private static List<float[]> Run(Session session, float[][] signal, int from, int to)
    {
        List<float[]> answers = [];
        float[] output = new float[session.Model.OutputSize];
        for (int step = from; step < to; step++)
        {
            if ((session.Step(signal[step], 0, output, 0) & StepStatus.OutputReady) != 0) answers.Add([.. output]);
        }
        return answers;
    }
}

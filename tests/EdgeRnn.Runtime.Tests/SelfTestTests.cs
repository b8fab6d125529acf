extern alias portable;

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;
using PortableModel = portable::EdgeRnn.Runtime.Model;
using PortableSelfTest = portable::EdgeRnn.Runtime.SelfTest;

namespace EdgeRnn.Tests;

/// <summary>Golden steps: what the converter stores every runtime replays, and what is wrong is found.</summary>
public sealed class SelfTestTests
{
    private const int SmallBytes = 2048;

    public static TheoryData<string> Names => Specimens.AllNames;

    [Theory, MemberData(nameof(Names))]
    public void Golden_steps_replay_with_vectors_and_without(string name)
    {
        byte[] file = GoldenSteps.Append(Specimens.File(name));
        Model model = Model.Load(file);
        SelfTest test = new(file, model);
        Assert.True(test.HasGoldenSteps);
        Assert.Equal(model.IsIntegerOnly, test.IsExact);
        Assert.Equal(SelfTestStatus.Passed, test.Run());
        Assert.Equal(SelfTestStatus.Passed, test.Run());
        Assert.Equal(SelfTestStatus.Passed, PortableSelfTest.Run(file, PortableModel.Load(file)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Golden_steps_are_small_answer_and_leave_the_model_as_it_is(string name)
    {
        byte[] bare = Specimens.File(name), file = GoldenSteps.Append(bare);
        Model model = Model.Load(file);
        Assert.InRange(model.GoldenBytes, 1, Math.Max(SmallBytes, bare.Length / 10));
        Assert.Equal(Model.Load(bare).GetId(), model.GetId());
        Assert.Equal(bare, GoldenSteps.Remove(file));
        Assert.Equal(file, GoldenSteps.Append(file));
        Assert.True(AnswersIn(file, model) >= 1, "no compared step answers");
    }

    [Theory, MemberData(nameof(Names))]
    public void The_checksum_of_a_state_is_that_of_the_saved_bytes(string name)
    {
        Model model = Specimens.Load(name);
        Session session = new(model);
        float[] answer = new float[model.OutputSize];
        byte[] saved = new byte[session.SavedStateBytes];
        HashSet<uint> found = [];
        foreach (float[] x in Specimens.Signal(model, 9))
        {
            session.Step(x, 0, answer, 0);
            session.SaveState(saved, 0);
            Assert.Equal(Crc32.Compute(saved, 56, saved.Length - 60), session.StateChecksum());
            found.Add(session.StateChecksum());
        }
        Assert.Equal(9, found.Count);
    }

    [Fact]
    public void A_file_without_golden_steps_says_so()
    {
        byte[] file = Specimens.File("lstm");
        Model model = Model.Load(file);
        Assert.Equal(0, model.GoldenBytes);
        Assert.False(new SelfTest(file, model).HasGoldenSteps);
        Assert.Equal(SelfTestStatus.NoGoldenSteps, SelfTest.Run(file, model));
    }

    [Fact]
    public void The_file_of_another_model_is_not_replayed()
    {
        byte[] file = GoldenSteps.Append(Specimens.File("lstm, w8a16")), other = GoldenSteps.Append(Specimens.File("lstm, w16a16"));
        Assert.Equal(SelfTestStatus.OtherFile, SelfTest.Run(other, Model.Load(file)));
        Assert.Equal(SelfTestStatus.OtherFile, SelfTest.Run(file[..^1], Model.Load(file)));
        byte[] changed = (byte[])file.Clone();
        changed[Model.Load(file).GoldenStart + 30] ^= 1;
        Assert.Equal(SelfTestStatus.OtherFile, SelfTest.Run(changed, Model.Load(file)));
    }

    // The steps of one model in the file of another, which computes something else.
    [Theory]
    [InlineData("gru reset after, w8a16", "gru reset after, w16a16")]
    [InlineData("window, last step, overlapping, w8a16", "window, last step, overlapping, w4a16")]
    [InlineData("lstm", "gru reset after")]
    public void A_model_that_computes_something_else_fails(string computing, string expected)
    {
        byte[] golden = GoldenSteps.Append(Specimens.File(expected));
        Model source = Model.Load(golden);
        byte[] steps = golden[source.GoldenStart..source.GoldenEnd];
        if (source.InputSize != Specimens.Load(computing).InputSize) Assert.Fail("the models read different inputs");
        byte[] file = SectionEdit.Append(Specimens.File(computing), "gold", steps);
        Model model = Model.Load(file);
        if (model.OutputSize < source.OutputSize) Assert.Fail("the answers differ in size");
        SelfTest test = new(file, model);
        int status = test.Run();
        Assert.True(status is SelfTestStatus.WrongAnswer or SelfTestStatus.WrongState, SelfTestStatus.Describe(status));
        Assert.InRange(test.FailedStep, 0, test.StepCount - 1);
        Assert.NotEqual(test.Expected, test.Found);
    }

    [Fact]
    public void One_bit_of_an_expected_answer_is_found_with_its_place()
    {
        byte[] file = GoldenSteps.Append(Specimens.File("gru reset after, w8a16"));
        Model model = Model.Load(file);
        int numbers = BitConverter.ToInt32(file, model.GoldenStart + 12), firstCheck = model.GoldenStart + 20 + 2 * numbers;
        int secondAnswer = firstCheck + 9 + 2;
        file = SectionEdit.Append(GoldenSteps.Remove(file), "gold", Changed(file, model, secondAnswer));
        model = Model.Load(file);
        SelfTest test = new(file, model);
        Assert.Equal(SelfTestStatus.WrongAnswer, test.Run());
        Assert.Equal((BitConverter.ToInt32(file, firstCheck), 1), (test.FailedStep, test.FailedNumber));
        Assert.Equal(1, Math.Abs(test.Expected - test.Found));
    }

    [Theory]
    [InlineData(-4, SelfTestStatus.WrongState)]
    [InlineData(-8, SelfTestStatus.WrongAnswer)]
    public void One_bit_of_a_checksum_is_found(int fromEnd, int expected)
    {
        byte[] file = GoldenSteps.Append(Specimens.File("lstm, w8a16"));
        Model model = Model.Load(file);
        file = SectionEdit.Append(GoldenSteps.Remove(file), "gold", Changed(file, model, model.GoldenEnd + fromEnd));
        model = Model.Load(file);
        SelfTest test = new(file, model);
        Assert.Equal(expected, test.Run());
        Assert.Equal((test.StepCount - 1, -1), (test.FailedStep, test.FailedNumber));
    }

    [Fact]
    public void A_window_longer_than_what_is_stored_is_fed_the_same_rows_again()
    {
        Graphs graphs = new(20261131);
        WindowPlan window = new() { WindowLength = 3000, Hop = 1000, Answer = WindowAnswer.LastStep };
        byte[] file = GoldenSteps.Append(Graphs.Write(Graphs.Chain(3, graphs.Gru(4), graphs.Dense(2)), window));
        Model model = Model.Load(file);
        SelfTest test = new(file, model);
        Assert.Equal((4000, SelfTestStatus.Passed), (test.StepCount, test.Run()));
        Assert.InRange(model.GoldenBytes, 1, SmallBytes);
    }

    [Fact]
    public void A_model_whose_answers_are_not_finite_gets_no_golden_steps()
    {
        Tensor huge = new([1e30f], 1, 1);
        Subgraph main = Graphs.Chain(1, x => new RnnNode("grows", x, huge, huge, new Tensor([1], 1), Activation.Linear));
        byte[] file = Graphs.Write(main, new WindowPlan { WindowLength = 9, Hop = 9, Answer = WindowAnswer.LastStep });
        Assert.Equal(file, GoldenSteps.Append(file));
    }

    [Fact]
    public void Rows_of_a_recording_are_what_is_stored()
    {
        float[][] rows = [.. Enumerable.Range(0, 40).Select(i => new[] { i * 0.01f, -i * 0.02f, 0.5f })];
        byte[] file = GoldenSteps.Append(Specimens.File("gru reset after"), rows);
        Model model = Model.Load(file);
        Assert.Equal(0, BitConverter.ToSingle(file, model.GoldenStart + 20));
        Assert.Equal(rows[1], Enumerable.Range(3, 3).Select(i => BitConverter.ToSingle(file, model.GoldenStart + 20 + 4 * i)));
        Assert.Equal(SelfTestStatus.Passed, SelfTest.Run(file, model));
        Assert.NotEqual(file, GoldenSteps.Append(file));
    }

    [Fact]
    public void Rows_of_another_model_are_refused() => Assert.Contains("a row of 2 features, the model reads 3",
        Assert.Throws<ConversionException>(() => GoldenSteps.Append(Specimens.File("lstm"), [[1, 2]])).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_status_has_words_of_its_own()
    {
        string[] words = [.. Enumerable.Range(0, 6).Select(SelfTestStatus.Describe)];
        Assert.Equal(words.Length, words.Distinct().Count());
        Assert.All(words, text => Assert.StartsWith("self-test", text, StringComparison.Ordinal));
    }

    private static byte[] Changed(byte[] file, Model model, int at)
    {
        byte[] steps = file[model.GoldenStart..model.GoldenEnd];
        steps[at - model.GoldenStart] ^= 1;
        return steps;
    }

    private static int AnswersIn(byte[] file, Model model)
    {
        GoldenSection section = new(file, model);
        section.Rewind();
        int answers = 0;
        for (int step = 0; step < section.StepCount; step++)
        {
            if (!section.TakeCheck(step)) continue;
            if ((section.Status & StepStatus.OutputReady) != 0) answers++;
            for (int i = 0; i < section.AnswerCount; i++) _ = section.IsExact ? section.ReadInteger() : section.ReadFloat();
            for (int i = 0; i < (section.IsExact ? 2 : 0); i++) section.ReadChecksum();
        }
        return answers;
    }
}

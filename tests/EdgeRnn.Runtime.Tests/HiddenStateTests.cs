using System;
using System.Linq;
using EdgeRnn.Runtime;
using EdgeRnn.Tests.Quantized;

namespace EdgeRnn.Tests;

/// <summary>What a page shows of the network's memory.</summary>
public sealed class HiddenStateTests
{
    private const int Steps = 12;

    // No head: what the last layer remembers is the answer.
    private const string Headless = "rnn relu, two layers";

    public static TheoryData<string> Names => Specimens.AllNames;

    [Theory, MemberData(nameof(Names))]
    public void Every_recurrent_layer_is_listed_with_its_units(string name)
    {
        Model model = Specimens.Load(name);
        Assert.Equal(model.HiddenUnits, model.HiddenLayers.Sum(layer => layer.OutputSize));
        Assert.All(model.HiddenLayers, layer => Assert.Contains(layer, model.Layers));
        Assert.Equal(model.Layers.Count(layer => layer.Kind.Split(' ')[0] is "rnn" or "lstm" or "gru"), model.HiddenLayers.Count);
    }

    [Fact]
    public void Of_a_network_without_a_head_it_ends_with_the_answer()
    {
        Model model = Specimens.Load(Headless);
        AssertEndsWithAnswer(model, Specimens.Signal(model, Steps));
    }

    [Theory]
    [InlineData("w8a16")]
    [InlineData("w16a16")]
    [InlineData(QuantizedSpecimens.Mixed)]
    public void So_it_does_in_integers(string scheme)
    {
        string name = $"{Headless}, {scheme}";
        AssertEndsWithAnswer(Model.Load(QuantizedSpecimens.File(name)), QuantizedSpecimens.Signal(QuantizedSpecimens.Source(name), Steps));
    }

    [Fact]
    public void A_buffer_that_is_too_short_is_refused()
    {
        Session session = new(Specimens.Load(Headless));
        Assert.Throws<ArgumentException>(() => session.CopyHiddenState(new float[8]));
        session.CopyHiddenState(new float[9]);
    }

    private static void AssertEndsWithAnswer(Model model, float[][] signal)
    {
        Session session = new(model);
        float[] answer = new float[model.OutputSize], hidden = new float[model.HiddenUnits];
        foreach (float[] x in signal)
        {
            session.Step(x, 0, answer, 0);
            session.CopyHiddenState(hidden);
            Assert.Equal(answer, hidden[^answer.Length..]);
        }
        Assert.Contains(hidden[..^answer.Length], value => value != 0);
    }
}

using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Report;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize.Report;

public sealed class MixSearchTests
{
    private static readonly ReportOptions _options = new() { MaxSteps = 400 };

    [Theory]
    [InlineData("gru1")]
    [InlineData("gru2")]
    [InlineData("head")]
    public void Spoilt_layer_is_raised_first(string layer)
    {
        MixSuggestion mix = MixSearch.Suggest(Converter(layer), budget: 0.75, options: _options);
        Assert.Equal(layer, mix.Alone[0].Layer);
        Assert.Contains(mix.Layers, choice => choice.Layer == layer);
        Assert.True(mix.ErrorRatio < 0.1 * mix.ErrorRatioBefore, $"{mix.ErrorRatioBefore} -> {mix.ErrorRatio}");
    }

    [Theory]
    [InlineData(0.50)]
    [InlineData(0.65)]
    [InlineData(0.80)]
    [InlineData(1.20)]
    public void Suggestion_keeps_the_budget_and_tells_the_truth(double budget)
    {
        IntegerConverter converter = Converter("gru1");
        MixSuggestion mix = MixSearch.Suggest(converter, budget: budget, options: _options);
        Dictionary<string, Scheme> layers = mix.Layers.ToDictionary(choice => choice.Layer, choice => choice.Scheme);
        QuantizationReport made = ReportBuilder.Build(converter, new QuantizationSettings { Layers = layers },
            new ReportOptions { MaxSteps = 400, DriftSteps = 0, Budget = null });
        Assert.Equal(made.Size.Share, mix.Share, 9);
        Assert.True(mix.Layers.Count == 0 || mix.Share <= budget, $"{mix.Share} of {budget}");
        // The search compares with the float model in single precision.
        Assert.Equal(1, made.Task.ErrorRatio!.Value / mix.ErrorRatio!.Value, 3);
    }

    [Fact]
    public void Budget_below_the_starting_size_changes_nothing()
    {
        MixSuggestion mix = MixSearch.Suggest(Converter("gru1"), budget: 0.1, options: _options);
        Assert.Empty(mix.Layers);
        Assert.Equal(mix.ErrorRatioBefore, mix.ErrorRatio);
        Assert.NotEmpty(mix.Alone);
    }

    [Fact]
    public void Search_starts_from_the_schemes_given()
    {
        Dictionary<string, Scheme> layers = new() { ["head"] = Scheme.F32 };
        QuantizationSettings start = new() { Default = Scheme.W4A16, Layers = layers };
        MixSuggestion mix = MixSearch.Suggest(Converter(""), start, 1, _options);
        Assert.DoesNotContain(mix.Alone, choice => choice.Layer == "head");
        Assert.Contains(mix.Alone, choice => choice is { Layer: "gru1", Scheme: Scheme.W8A16 });
        Assert.True(mix.ErrorRatio < mix.ErrorRatioBefore);
    }

    [Fact]
    public void Model_without_an_answer_gets_no_suggestion()
    {
        IntegerConverter converter = new(SpoiltModels.Gru(), new StepArray([new float[40]], SpoiltModels.Inputs));
        // All input is zero, but biases answer; without them there is nothing to compare.
        Assert.NotNull(MixSearch.Suggest(converter, options: _options).ErrorRatioBefore);
        IntegerConverter flat = new(ReportModels.Dense("flat"), new StepArray([new float[40]], 2));
        MixSuggestion mix = MixSearch.Suggest(flat, options: _options);
        Assert.Null(mix.ErrorRatioBefore);
        Assert.Empty(mix.Layers);
    }

    private static IntegerConverter Converter(string layer) => new(SpoiltModels.Gru(layer), SpoiltModels.Recording());
}

using System;
using System.Linq;
using EdgeRnn.Accuracy;
using EdgeRnn.Accuracy.Tasks;

namespace EdgeRnn.Tests.Accuracy;

/// <summary>Real models, int8 against float.</summary>
public sealed class AccuracyTaskTests
{
    /// <summary>Every model of the table.</summary>
    public static TheoryData<string> Names => [.. AccuracyTasks.All.Select(task => task.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Targets_are_met(string name)
    {
        TaskResult result = Measure(name, Program.Quantizer);
        Assert.All(result.Figures, figure => Assert.True(figure.IsMet, $"{result.Model}: {figure.Name} {figure.MissText}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_against_itself_shows_no_change(string name)
    {
        foreach (Figure figure in Measure(name, new UnchangedModels()).Figures)
        {
            if (figure.IsMetric) Assert.Equal(0, figure.Change);
            else Assert.Equal(0, figure.Quantized);
        }
    }

    // Three bits are too few for anything; where a model has no target the first figure must still be off.
    [Theory]
    [MemberData(nameof(Names))]
    public void Coarse_weights_show(string name)
    {
        TaskResult result = Measure(name, new RoundedWeights(3));
        if (name.EndsWith("-mix", StringComparison.Ordinal)) Assert.Contains("f32", result.Model, StringComparison.Ordinal);
        else if (result.Figures.Any(figure => figure.Target != null)) Assert.Contains(result.Figures, figure => !figure.IsMet);
        else Assert.NotEqual(0, result.Figures[0].Quantized);
    }

    internal static TaskResult Measure(string name, IModelQuantizer quantizer)
    {
        IAccuracyTask task = AccuracyTasks.All.Single(candidate => candidate.Name == name);
        foreach (string folder in task.Folders) SharedData.Path(folder);
        return task.Measure(new AccuracyRun(Sources.BesideCheckout, quantizer, AccuracyOptions.DefaultScheme));
    }
}

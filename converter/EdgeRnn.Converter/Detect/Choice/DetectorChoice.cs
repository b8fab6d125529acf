using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect.Choice;

/// <summary>
/// Chooses a detector's settings from normal operation alone: every candidate is calibrated on the first part of each normal stretch and
/// judged on synthetic anomalies in the rest. Labels of real anomalies are not asked for and cannot be given.
/// </summary>
public static class DetectorChoice
{
    /// <summary>Anomalous sequences made of each stretch: ten of each kind. With two the draw decides between neighbours.</summary>
    public const int SequencesPerCase = 10 * SyntheticAnomaly.Kinds;

    /// <summary>Factors on the quantile that are tried with every candidate.</summary>
    public static IReadOnlyList<float> Factors { get; } = [1, 1.25f, 1.5f, 1.75f, 2, 2.5f, 3, 3.5f, 4];

    /// <summary>What is scored x how channels are combined x what is smoothed x how much.</summary>
    /// <param name="kind">What the network's answers are.</param>
    /// <param name="lead">See <see cref="DetectorSettings.Lead"/>.</param>
    public static IReadOnlyList<DetectorRecipe> Candidates(ScoreKind kind = ScoreKind.Forecast, int lead = 1) =>
        [.. from evidence in new[] { (Kind: kind, AddLevel: false), (Kind: ScoreKind.Level, AddLevel: false), (Kind: kind, AddLevel: true) }
            from combined in Combinations
            from smoothChannels in new[] { false, true }
            from smoothing in new[] { 0.1f, 0.03f }
            select new DetectorRecipe(new DetectorSettings
            {
                Kind = evidence.Kind,
                Lead = lead,
                AddLevel = evidence.AddLevel,
                Combination = combined.Combination,
                SmoothChannels = smoothChannels,
                Smoothing = smoothing,
                Factor = 1,
            }, combined.Scaled)];

    private static IEnumerable<(ScoreCombination Combination, bool Scaled)> Combinations =>
        new[] { ScoreCombination.Sum, ScoreCombination.Norm, ScoreCombination.Max }
            .SelectMany(combination => new[] { (combination, false), (combination, true) })
            .Append((ScoreCombination.Mahalanobis, true));

    /// <summary>
    /// Every candidate with every factor, the chosen one first. Chosen is, of those whose correlation with the anomalies is within one
    /// standard error of the best (Breiman et al. 1984), the one with the fewest false alarms; the others follow by correlation.
    /// </summary>
    /// <param name="domains">Groups of stretches; each group counts the same.</param>
    /// <param name="candidates">Recipes with factor 1.</param>
    /// <param name="seed">Of anomalies and bootstrap.</param>
    /// <param name="progress">Told of every candidate done, or null.</param>
    public static IReadOnlyList<ChoiceResult> Rank(IReadOnlyList<IReadOnlyList<ChoiceCase>> domains,
        IReadOnlyList<DetectorRecipe> candidates, int seed, Action<int>? progress = null)
    {
        Random random = new(seed);
        (ChoiceCase Case, IReadOnlyList<ChoiceSequence> Sequences)[][] made =
            [.. domains.Select(domain => domain.Select(stretch => (stretch, stretch.Sequences(random, SequencesPerCase))).ToArray())];
        ChoiceResult[][] results = InParallel.Select(candidates, (candidate, _) =>
        {
            ChoiceResult[] judged = Judge(candidate, made);
            lock (made) progress?.Invoke(1);
            return judged;
        });
        return ChosenFirst(results.SelectMany(result => result), seed);
    }

    /// <summary>The rule of <see cref="Rank"/> on results that are there; of equal ones the earlier is preferred.</summary>
    /// <param name="results">At least one.</param>
    /// <param name="seed">Of the bootstrap.</param>
    internal static IReadOnlyList<ChoiceResult> ChosenFirst(IEnumerable<ChoiceResult> results, int seed)
    {
        ChoiceResult[] ranked = [.. results.OrderByDescending(result => result.Mcc)];
        double enough = ranked[0].Mcc - ranked[0].StandardError(seed);
        ChoiceResult chosen = ranked.Where(result => result.Mcc >= enough).MinBy(result => result.FalseAlarmRate)!;
        return [chosen, .. ranked.Where(result => result != chosen)];
    }

    // One result for each factor.
    private static ChoiceResult[] Judge(DetectorRecipe recipe, (ChoiceCase Case, IReadOnlyList<ChoiceSequence> Sequences)[][] domains)
    {
        Confusion[][][] counts = [.. domains.Select(domain =>
            domain.Select(stretch => Counts(recipe, stretch.Case, stretch.Sequences)).ToArray())]; // [domain][stretch][factor]
        return [.. Factors.Select((factor, i) =>
        {
            DetectorSettings settings = DetectorSection.Copy(recipe.Settings);
            settings.Factor = factor;
            return new ChoiceResult(recipe with { Settings = settings },
                [.. counts.Select(domain => domain.Select(stretch => stretch[i]).ToArray())]);
        })];
    }

    // One count for each factor.
    private static Confusion[] Counts(DetectorRecipe recipe, ChoiceCase stretch, IReadOnlyList<ChoiceSequence> sequences)
    {
        Confusion[] counts = new Confusion[Factors.Count];
        DetectorSettings settings = recipe.For(stretch.Model, stretch.Rows[..stretch.JudgedFrom], stretch.FirstRow);
        settings.WarmUpSteps = stretch.FirstRow;
        settings.ThresholdSteps = stretch.JudgedFrom - stretch.FirstRow;
        foreach (ChoiceSequence sequence in sequences)
        {
            double[] scores = DetectorTrace.Run(stretch.Model, settings, sequence.Rows).Scores[stretch.JudgedFrom..];
            bool[] labels = [.. scores.Select((_, i) => i + stretch.JudgedFrom >= sequence.First && i + stretch.JudgedFrom < sequence.End)];
            for (int i = 0; i < counts.Length; i++)
                counts[i] += Confusion.Count([.. scores.Select(score => score > Factors[i])], labels);
        }
        return counts;
    }
}

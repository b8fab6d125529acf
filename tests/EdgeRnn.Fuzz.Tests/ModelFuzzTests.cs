using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// Mutants of valid files: each loads and runs, or is refused with a <see cref="ModelException"/>, and the reader made from FORMAT.md says
/// the same. A failure prints the mutant's seed and its changes; <c>Mutant(seed)</c> makes it again.
/// </summary>
public sealed class ModelFuzzTests
{
    private const int CorpusSize = 40, FirstSeed = 20000;

    private static readonly byte[][] _corpus =
    [
        .. ValidFiles.All,
        .. Enumerable.Range(0, CorpusSize).Select(seed => ErnnWriter.Write(RandomGraphs.Create(FirstSeed + seed))),
        .. Enumerable.Range(0, CorpusSize).Select(seed => ErnnWriter.Write(RandomIntegers.Create(FirstSeed + seed))),
    ];

    private static readonly FieldMap[] _fields = Array.ConvertAll(_corpus, FieldMap.Of);

    [Fact]
    public void Every_mutant_loads_and_runs_or_is_refused()
    {
        int accepted = 0;
        HashSet<ModelErrorCode> codes = [];
        int mutants = LongRun.Choose(50_000, 1_000_000);
        for (int seed = 0; seed < mutants; seed++)
        {
            Mutator mutator = Mutant(seed);
            ModelErrorCode? code = Verdict.Check(mutator.Next(), mutator);
            if (code is { } refusal) codes.Add(refusal);
            else accepted++;
        }
        // The mutants reached every kind of refusal, and enough of them ran.
        Assert.Equal(Enum.GetValues<ModelErrorCode>(), codes.Order());
        Assert.True(accepted > mutants / 20, $"only {accepted} of {mutants} mutants were accepted");
    }

    private static Mutator Mutant(int seed) => new(_corpus, _fields, seed);
}

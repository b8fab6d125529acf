using System;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// What loading takes, in bytes and not in time: the weights are copied out of the file once and packed once, and the packed ones alone
/// are kept. Runs alone: a collection that another test's allocations bring about upsets the counters.
/// </summary>
[Collection(nameof(LoadMemoryTests)), CollectionDefinition(nameof(LoadMemoryTests), DisableParallelization = true)]
public sealed class LoadMemoryTests
{
    private const int Seed = 20240611;

    private const int InputSize = 150, HiddenSize = 160;

    // Beside the weights: of each row of a tensor the scale in two forms of two ints, the bound and the packed scale; then objects and texts.
    private const int BytesOfARow = 48, BytesOfTheRest = 8192;

    // One copy; blocks are filled up to 16 or 32 units, of 150 or more.
    private const double CopiesKept = 1.15;

    [Theory]
    [InlineData("gru", Scheme.F32), InlineData("gru", Scheme.W8A16), InlineData("gru", Scheme.W8A8)]
    [InlineData("lstm", Scheme.F32), InlineData("lstm", Scheme.W8A16), InlineData("rnn", Scheme.F32), InlineData("rnn", Scheme.W8A16)]
    public void Loading_takes_two_copies_of_the_weights_and_keeps_one(string cell, Scheme scheme)
    {
        byte[] file = Write(cell, scheme);
        int rows = 2 * HiddenSize * (cell switch { "gru" => 3, "lstm" => 4, _ => 2 });
        // What the process allocates once, for its first use of the code, is not the model's.
        Model.Load(file);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Model.Load(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= 2 * file.Length + rows * BytesOfARow + BytesOfTheRest, $"{allocated} bytes for a file of {file.Length}, seed {Seed}");

        long free = GC.GetTotalMemory(forceFullCollection: true);
        Model kept = Model.Load(file);
        long resident = GC.GetTotalMemory(forceFullCollection: true) - free;
        Assert.True(resident <= CopiesKept * file.Length, $"{resident} bytes stay of a file of {file.Length}, seed {Seed}");
        GC.KeepAlive(kept);
    }

    // Filled up to a block of 16 units in each gate it would be 50 to 200 times the file. Few rows of integers are kept as 16-bit numbers.
    [Theory, InlineData(Scheme.F32, 8), InlineData(Scheme.W8A16, 16), InlineData(Scheme.W8A8, 16)]
    public void A_cell_of_one_unit_and_very_many_inputs_is_not_filled_up(Scheme scheme, int most)
    {
        Graphs graphs = new(Seed);
        RecurrentGraph graph = Graphs.Whole(Graphs.Chain(20_000, graphs.Gru(1)));
        byte[] file = scheme == Scheme.F32 ? ErnnWriter.Write(graph) : new IntegerConverter(graph).Convert(new QuantizationSettings { Default = scheme });
        Model.Load(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Model.Load(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= most * file.Length, $"{allocated} bytes for a file of {file.Length}, seed {Seed}");
    }

    // 150 KB to 800 KB, in one block of columns each.
    private static byte[] Write(string cell, Scheme scheme)
    {
        Graphs graphs = new(Seed);
        RecurrentGraph graph = Graphs.Whole(Graphs.Chain(InputSize, cell switch
        {
            "gru" => graphs.Gru(HiddenSize),
            "lstm" => graphs.Lstm(HiddenSize),
            _ => graphs.Rnn(2 * HiddenSize),
        }, graphs.Dense(1)));
        return scheme == Scheme.F32 ? ErnnWriter.Write(graph)
            : new IntegerConverter(graph).Convert(new QuantizationSettings { Default = scheme });
    }
}

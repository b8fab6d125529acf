using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Boards;

/// <summary>Verdicts on models and boards.</summary>
public sealed class BoardCostTests
{
    private static readonly BoardCatalog _boards = BoardCatalog.Load(Path.Combine(Repository.Root, "hardware", "boards"));

    public static TheoryData<string> Ids => [.. _boards.Boards.Select(board => board.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void A_small_model_fits_every_board_at_ten_samples_a_second(string id)
    {
        BoardCost cost = BoardCost.Of(SmallModels.Gru(3, 8, Scheme.W8A16), Board(id), 10);
        // What a program takes besides the model is most of what the smallest ones have.
        Assert.Equal(Board(id).RamBytes < 60_000 ? Fit.Tight : Fit.Fits, cost.Fit);
        Assert.Empty(cost.Obstacles);
        Assert.Equal(["RAM", "flash", "time"], cost.Resources.Select(use => use.Name));
        Assert.Equal(Board(id).Runtime == BoardRuntime.NanoFramework, cost.Operations != null);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ten_thousand_samples_a_second_are_for_compiled_code(string id)
    {
        BoardCost cost = BoardCost.Of(SmallModels.Gru(3, 8, Scheme.W8A16), Board(id), 10_000);
        Assert.Equal(Board(id).Runtime == BoardRuntime.Dotnet ? Fit.Fits : Fit.DoesNotFit, cost.Fit);
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_bigger_model_never_fits_where_a_smaller_one_does_not(string id)
    {
        foreach (Scheme scheme in new[] { Scheme.F32, Scheme.W8A16 })
        {
            Fit last = Fit.Fits;
            double seconds = 0;
            foreach (int hiddenSize in new[] { 4, 8, 16, 24, 32, 48, 64, 96, 160 })
            {
                byte[] file = SmallModels.Gru(4, hiddenSize, scheme);
                BoardCost cost = BoardCost.Of(file, Board(id), 20);
                Assert.True(cost.Fit >= last, $"{id}, {scheme}, {hiddenSize} units: {cost.Fit} after {last}");
                Assert.True(cost.PlainSeconds > seconds, $"{id}, {scheme}, {hiddenSize} units: no slower than a smaller one");
                (last, seconds) = (cost.Fit, cost.PlainSeconds);
            }
        }
    }

    [Theory]
    [InlineData(70, 100, Fit.Fits)]
    [InlineData(70.001, 100, Fit.Tight)]
    [InlineData(100, 100, Fit.Tight)]
    [InlineData(100.001, 100, Fit.DoesNotFit)]
    public void Verdicts_change_at_seven_tenths_and_at_all_of_a_budget(double needed, double budget, Fit expected) =>
        Assert.Equal(expected, new ResourceUse("RAM", needed, budget).Fit);

    [Fact]
    public void A_board_that_has_exactly_what_is_needed_is_tight_and_one_byte_less_is_too_little()
    {
        byte[] file = SmallModels.Gru(3, 16, Scheme.F32);
        BoardDescription board = Board("esp32");
        long needed = BoardCost.Of(file, board, null).Memory.TotalBytes;
        Assert.Equal(Fit.Tight, BoardCost.Of(file, board with { RamBytes = needed }, null).Fit);
        Assert.Equal(Fit.DoesNotFit, BoardCost.Of(file, board with { RamBytes = needed - 1 }, null).Fit);
        Assert.Equal(Fit.Fits, BoardCost.Of(file, board with { RamBytes = 2 * needed }, null).Fit);
    }

    [Fact]
    public void Time_counts_only_where_a_rate_is_wanted_and_is_that_of_the_costliest_step()
    {
        byte[] file = SmallModels.Gru(3, 16, Scheme.W8A16);
        BoardCost any = BoardCost.Of(file, Board("esp32-psram"), null);
        Assert.Equal(["RAM", "flash"], any.Resources.Select(use => use.Name));
        double rate = 1 / any.WorstSeconds;
        Assert.Equal(Fit.Fits, TimeAt(0.69 * rate));
        Assert.Equal(Fit.Tight, TimeAt(0.99 * rate));
        Assert.Equal(Fit.DoesNotFit, TimeAt(1.01 * rate));

        Fit TimeAt(double rateHz) => BoardCost.Of(file, Board("esp32-psram"), rateHz).Resources.Single(use => use.Name == "time").Fit;
    }

    [Fact]
    public void Rows_go_in_pairs_where_ram_has_room_and_never_make_it_tight()
    {
        byte[] file = SmallModels.Gru(4, 32, Scheme.W8A16);
        BoardDescription board = Board("rp2040");
        BoardCost roomy = BoardCost.Of(file, board, null);
        Assert.Equal(roomy.AllRowPairBytes, roomy.RowPairBytes);
        Assert.True(roomy.WorstSeconds < 0.7 * roomy.PlainSeconds);
        long plain = MemoryNeed.Of(file, BoardRuntime.NanoFramework, 0).TotalBytes, last = 0;
        HashSet<int> seen = [];
        for (long spare = 0; spare < 2 * roomy.AllRowPairBytes; spare += 500)
        {
            long ram = (long)((plain + spare) / ResourceUse.TightShare) + 1;
            BoardCost cost = BoardCost.Of(file, board with { RamBytes = ram }, null);
            Assert.Equal(Fit.Fits, cost.Resources[0].Fit);
            Assert.True(cost.RowPairBytes >= last, $"{spare} bytes to spare: fewer pairs than with less");
            Assert.True(cost.WorstSeconds <= cost.PlainSeconds);
            last = cost.RowPairBytes;
            seen.Add(cost.RowPairBytes);
        }
        Assert.Contains(0, seen);
        Assert.Contains(roomy.AllRowPairBytes, seen);
        // Some matrices, not all.
        Assert.True(seen.Count > 2);
    }

    [Fact]
    public void Pairs_may_make_ram_tight_where_nothing_else_is_quick_enough()
    {
        byte[] file = SmallModels.Gru(4, 32, Scheme.W8A16);
        BoardCost roomy = BoardCost.Of(file, Board("rp2040"), null);
        // Where it turns tight lies between none of the pairs and all of them.
        long plain = MemoryNeed.Of(file, BoardRuntime.NanoFramework, 0).TotalBytes;
        BoardDescription board = Board("rp2040") with { RamBytes = (long)((plain + roomy.Memory.TotalBytes) / 2 / ResourceUse.TightShare) };
        BoardCost careful = BoardCost.Of(file, board, null), hurried = BoardCost.Of(file, board, 1 / (1.01 * roomy.WorstSeconds));
        Assert.Equal(Fit.Fits, careful.Fit);
        Assert.InRange(careful.RowPairBytes, 0, roomy.AllRowPairBytes - 1);
        Assert.Equal(roomy.AllRowPairBytes, hurried.RowPairBytes);
        Assert.Equal([Fit.Tight, Fit.Fits, Fit.Tight], hurried.Resources.Select(use => use.Fit));
        Assert.Equal(careful.RowPairBytes, BoardCost.Of(file, board, 1).RowPairBytes);
    }

    [Fact]
    public void Float_models_and_compiled_code_have_nothing_to_pair()
    {
        Assert.Equal(0, BoardCost.Of(SmallModels.Gru(3, 16, Scheme.F32), Board("rp2350"), null).AllRowPairBytes);
        Assert.Equal(0, BoardCost.Of(SmallModels.Gru(3, 16, Scheme.W8A16), Board("pi-4"), null).AllRowPairBytes);
    }

    [Fact]
    public void A_model_that_must_be_part_of_the_program_has_at_most_60000_bytes()
    {
        BoardDescription board = Board("stm32f769i-disco") with { ModelStorage = ModelStorage.Embedded };
        byte[] small = SmallModels.Gru(4, 100, Scheme.W8A16), large = SmallModels.Gru(4, 150, Scheme.W8A16);
        Assert.InRange(small.Length, 1, BoardCost.MaxEmbeddedBytes);
        Assert.InRange(large.Length, BoardCost.MaxEmbeddedBytes + 1, int.MaxValue);
        Assert.Empty(BoardCost.Of(small, board, null).Obstacles);
        BoardCost cost = BoardCost.Of(large, board, null);
        Assert.Contains("60,000", Assert.Single(cost.Obstacles));
        Assert.Equal(Fit.DoesNotFit, cost.Fit);
        Assert.Empty(BoardCost.Of(large, board with { ModelStorage = ModelStorage.Internal }, null).Obstacles);
    }

    [Fact]
    public void One_array_may_be_too_large_for_the_heap_however_much_ram_there_is()
    {
        BoardDescription board = Board("stm32f769i-disco") with { ModelStorage = ModelStorage.Internal };
        BoardCost cost = BoardCost.Of(SmallModels.Gru(4, 300, Scheme.F32), board, null);
        Assert.True(cost.Memory.TotalBytes < board.RamBytes);
        Assert.Contains("786,420", Assert.Single(cost.Obstacles));
        Assert.Empty(BoardCost.Of(SmallModels.Gru(4, 300, Scheme.F32), Board("pi-4"), null).Obstacles);
    }

    private static BoardDescription Board(string id) => _boards.Find(id)!;
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// The cells in one pass over their weights, at every vector width this machine has, against the equations in double precision, for all sizes around
/// the widths of vectors and blocks.
/// </summary>
public sealed class FusedCellTests(ITestOutputHelper output)
{
    private const int Seed = 20261122, Steps = 4;
    private const float Guard = 12345.678f;

    // Of numbers up to 1 after a few steps: roundings of at most 200 products below 1/4, and 2e-7 for each activation.
    private const double Tolerance = 3e-6;

    private static readonly int[] _inputSizes = [1, 2, 3, 5, 40];

    private static readonly int[] _lanes = [.. new[] { (16, Vector512.IsHardwareAccelerated), (8, Vector256.IsHardwareAccelerated),
        (4, Vector128.IsHardwareAccelerated) }.Where(width => width.Item2).Select(width => width.Item1)];

    private static IEnumerable<int> HiddenSizes => Enumerable.Range(1, 70).Concat(Enumerable.Range(127, 4));

    public static TheoryData<FusedCell> Cells => [.. Enum.GetValues<FusedCell>()];

    [Theory, MemberData(nameof(Cells))]
    public void Steps_agree_with_the_equations_and_touch_nothing_else(FusedCell kind)
    {
        Random random = new(Seed);
        double worst = 0;
        foreach (int lanes in _lanes)
        {
            foreach (int hiddenSize in HiddenSizes)
            {
                FusedCellCase cell = new(kind, random, _inputSizes[random.Next(_inputSizes.Length)], hiddenSize);
                FusedCellCase.Kernel step = cell.MakeKernel(lanes);
                float[] memory = cell.Memory(random, Guard), expected = [.. memory];
                for (int i = 0; i < Steps; i++)
                {
                    cell.StepReference(expected);
                    step(memory, i % 2 == 1);
                    worst = Math.Max(worst, cell.AssertClose(expected, memory, Guard, Tolerance, $"seed {Seed}, {lanes} lanes, step {i}"));
                }
            }
        }
        output.WriteLine($"largest difference {worst:E2}");
    }

    [Theory, MemberData(nameof(Cells))]
    public void The_direction_of_the_walk_does_not_change_a_bit(FusedCell kind)
    {
        Random random = new(Seed);
        foreach (int lanes in _lanes)
        {
            foreach (int hiddenSize in HiddenSizes)
            {
                FusedCellCase cell = new(kind, random, 3, hiddenSize);
                FusedCellCase.Kernel step = cell.MakeKernel(lanes);
                float[] forwards = cell.Memory(random, Guard), backwards = [.. forwards];
                for (int i = 0; i < Steps; i++)
                {
                    step(forwards, false);
                    step(backwards, true);
                }
                Assert.Equal(cell.StateBits(forwards), cell.StateBits(backwards));
            }
        }
    }

    [Theory, MemberData(nameof(Cells))]
    public void What_is_no_number_stays_in_the_state(FusedCell kind)
    {
        Random random = new(Seed);
        foreach (int lanes in _lanes)
        {
            foreach (int hiddenSize in new[] { 1, 17, 33, 70 })
            {
                FusedCellCase cell = new(kind, random, 3, hiddenSize);
                FusedCellCase.Kernel step = cell.MakeKernel(lanes);
                float[] memory = cell.Memory(random, Guard);
                memory[FusedCellCase.X] = float.NaN;
                step(memory, false);
                memory[FusedCellCase.X] = 0;
                step(memory, true);
                Assert.All(cell.State(memory), value => Assert.True(float.IsNaN(value), $"seed {Seed}, {lanes} lanes, {hiddenSize} units: {value}"));
            }
        }
    }

    [Fact]
    public void A_gate_at_one_keeps_the_state_for_ever()
    {
        const int HiddenSize = 37;
        foreach (int lanes in _lanes)
        {
            float[] bias = new float[4 * HiddenSize], memory = new float[400];
            Array.Fill(bias, 40, 0, HiddenSize);
            FusedGru gru = new(new float[3 * HiddenSize], new float[3 * HiddenSize * HiddenSize], bias, 1, HiddenSize, false, lanes);
            for (int unit = 0; unit < HiddenSize; unit++) memory[1 + unit] = 0.01f * unit - 0.2f;
            float[] before = memory[1..(1 + HiddenSize)];
            for (int step = 0; step < 1000; step++) gru.Step(memory, 0, 1, 100, step % 2 == 0);
            Assert.Equal(before, memory[1..(1 + HiddenSize)]);
        }
    }

    [Fact]
    public void A_closed_reset_gate_lets_nothing_of_the_state_through()
    {
        const int HiddenSize = 37;
        foreach (int lanes in _lanes)
        {
            float[] bias = new float[4 * HiddenSize], u = new float[3 * HiddenSize * HiddenSize], memory = new float[400], open = [.. memory];
            Array.Fill(bias, -40, 0, 2 * HiddenSize);
            Array.Fill(bias, 0.3f, 2 * HiddenSize, HiddenSize);
            FusedGru without = new(new float[3 * HiddenSize], u, bias, 1, HiddenSize, false, lanes);
            Array.Fill(u, 500, 2 * HiddenSize * HiddenSize, HiddenSize * HiddenSize);
            FusedGru with = new(new float[3 * HiddenSize], u, bias, 1, HiddenSize, false, lanes);
            for (int step = 0; step < 3; step++)
            {
                without.Step(open, 0, 1, 100, false);
                with.Step(memory, 0, 1, 100, false);
            }
            Assert.Equal(open[1..(1 + HiddenSize)], memory[1..(1 + HiddenSize)]);
            Assert.Equal(MathF.Tanh(0.3f), memory[1], 2e-7f);
        }
    }

    [Fact]
    public void A_cell_of_one_unit_and_very_many_inputs_is_not_padded()
    {
        Assert.False(CellPanels.Fits(1, 4 + 3L * 60_000));
        Assert.Equal(_lanes.Length > 0, CellPanels.Fits(1, 4 + 3L * 4));
    }

    [Fact]
    public void Cells_are_fused_with_the_widest_vectors_there_are()
    {
        output.WriteLine($"{CellPanels.BestLanes} lanes");
        Assert.Equal(_lanes.FirstOrDefault(), CellPanels.BestLanes);
        Assert.Equal(_lanes.Length > 0, CellPanels.Fits(16, 100));
    }
}

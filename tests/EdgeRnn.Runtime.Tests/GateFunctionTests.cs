extern alias portable;

using System;
using EdgeRnn.Runtime;
using PortableGates = portable::EdgeRnn.Runtime.GateFunction;

namespace EdgeRnn.Tests;

/// <summary>Integer gates at every input below saturation, against double arithmetic and the shared source alone.</summary>
public sealed class GateFunctionTests(ITestOutputHelper output)
{
    private const int Seed = 20261123, Guard = 123456789;
    private const int One15 = 1 << 15, One24 = 1 << 24;
    private const int Reach = 18 << 15; // beyond 17.5 every function is saturated

    private static readonly GateFunction _gates = new();
    private static readonly PortableGates _oracle = new();

    /// <summary>The three functions by name.</summary>
    public static TheoryData<string> Names => ["StateGate", "Gate", "Tanh"];

    // The straight lines alone are off by 0.0061 %; the last unit of 2^-24 adds 0.5 of 2^11 at 2^-13 and 0.5 of 2^7 at 2^-17.
    [Fact]
    public void State_gates_keep_the_relative_accuracy_of_their_distance_from_0_and_1()
    {
        int[] gates = Sweep(_gates.StateGate);
        double coarse = 0, fine = 0;
        for (int x = -Reach; x <= Reach; x++)
        {
            double near = 1 / (1 + Math.Exp(Math.Abs(x) / 32768.0)); // sigma(-|x|), the smaller of gate and 1 - gate
            int found = x < 0 ? gates[x + Reach] : One24 - gates[x + Reach];
            double error = Math.Abs(found / (double)One24 / near - 1);
            if (near >= 1 / 8192.0) fine = Math.Max(fine, error);
            if (near >= 1 / 131072.0) coarse = Math.Max(coarse, error);
        }
        output.WriteLine($"relative error {fine:P4} from 2^-13, {coarse:P4} from 2^-17");
        Assert.InRange(fine, 0, 0.0005);
        Assert.InRange(coarse, 0, 0.005);
    }

    // Half a unit of rounding, and 0.2 of the straight lines, twice that for tanh.
    [Theory]
    [InlineData("Gate", 0.7)]
    [InlineData("Tanh", 0.9)]
    public void Other_gates_and_tanh_are_less_than_a_unit_off(string name, double allowed)
    {
        int[] found = Sweep(Function(name));
        double worst = 0;
        for (int x = -Reach; x <= Reach; x++)
        {
            double expected = name == "Tanh" ? Math.Tanh(x / 32768.0) : 1 / (1 + Math.Exp(-x / 32768.0));
            worst = Math.Max(worst, Math.Abs(found[x + Reach] - One15 * expected));
        }
        output.WriteLine($"{name}: at most {worst:F3} units off");
        Assert.InRange(worst, 0, allowed);
    }

    [Theory, MemberData(nameof(Names))]
    public void Functions_never_decrease_and_are_symmetric(string name)
    {
        int[] found = Sweep(Function(name));
        int both = found[0] + found[^1];
        for (int i = 0; i < found.Length; i++)
        {
            Assert.True(i == 0 || found[i] >= found[i - 1], $"{name} falls from x = {i - 1 - Reach} to the next");
            Assert.True(found[i] + found[^(i + 1)] == both, $"{name} is not symmetric at x = {i - Reach}");
        }
    }

    [Theory]
    [InlineData("StateGate", 0, One24 / 2, One24)]
    [InlineData("Gate", 0, One15 / 2, One15)]
    [InlineData("Tanh", -One15, 0, One15)]
    public void Functions_are_exact_in_the_middle_and_saturate_at_both_ends(string name, int lowest, int middle, int highest)
    {
        int[] expected = [lowest, lowest, lowest, lowest, middle, highest, highest, highest, highest];
        int[] found = [int.MinValue, int.MinValue + 1, -(1 << 29), -Reach, 0, Reach, 1 << 29, int.MaxValue - 1, int.MaxValue];
        Function(name)(found, 0, found.Length);
        Assert.Equal(expected, found);
    }

    [Theory, MemberData(nameof(Names))]
    public void Vectors_give_the_bits_of_the_shared_source_for_every_input(string name) =>
        Assert.Equal(Sweep(Oracle(name)), Sweep(Function(name)));

    [Theory, MemberData(nameof(Names))]
    public void Runs_of_every_length_give_the_same_bits_and_leave_their_neighbours_alone(string name)
    {
        Random random = new(Seed);
        for (int count = 0; count <= 70; count++)
        {
            for (int at = 0; at < 9; at++)
            {
                int[] expected = new int[at + count + 9];
                Array.Fill(expected, Guard);
                for (int i = 0; i < count; i++) expected[at + i] = AnyInput(random);
                int[] inputs = [.. expected], found = [.. expected];
                Oracle(name)(expected, at, count);
                Function(name)(found, at, count);
                for (int i = 0; i < found.Length; i++)
                {
                    Assert.True(expected[i] == found[i],
                        $"seed {Seed}, {name}({inputs[i]}), {i} in {count} at {at}: expected {expected[i]}, found {found[i]}");
                }
            }
        }
    }

    private static Action<int[], int, int> Function(string name) => name switch
    {
        "StateGate" => _gates.StateGate,
        "Gate" => _gates.Gate,
        _ => _gates.Tanh,
    };

    private static Action<int[], int, int> Oracle(string name) => name switch
    {
        "StateGate" => _oracle.StateGate,
        "Gate" => _oracle.Gate,
        _ => _oracle.Tanh,
    };

    // The function of every x in [-Reach, Reach].
    private static int[] Sweep(Action<int[], int, int> function)
    {
        int[] values = new int[2 * Reach + 1];
        for (int i = 0; i < values.Length; i++) values[i] = i - Reach;
        function(values, 0, values.Length);
        return values;
    }

    private static int AnyInput(Random random) => random.Next(8) switch
    {
        0 => random.Next(int.MinValue, int.MaxValue),
        1 => random.Next(2) == 0 ? int.MinValue : int.MaxValue,
        2 => random.Next(-40, 41),
        3 => (random.Next(2) == 0 ? -1 : 1) * ((560 << random.Next(9, 11)) + random.Next(-2, 3)), // where saturation begins
        _ => random.Next(-Reach, Reach + 1),
    };
}

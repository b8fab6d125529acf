using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize;

/// <summary>
/// Integers against float64 with the true sigma and tanh and the same weights: states that forget slowly neither freeze nor drift. The
/// error of each tenth of a run is in the test output.
/// </summary>
public sealed class DriftTests(ITestOutputHelper output)
{
    private const int Seed = 20261125;
    private const double Limit = 0.005;
    private const double LimitOfSlowest = 0.01;

    // The error of a tenth is its worst moment, and which that is, the input and the roundings decide: a unit of g, times what of it
    // stays in the cell. A drift below a tenth of the limit in 10^5 steps needs 10^6 more to reach it.
    private const double NoiseShare = 0.1;

    private static readonly decimal[] _gates = [0.9m, 0.99m, 0.999m, 0.9999m, 0.99999m];
    private static readonly string[] _signals = ["constant", "slow", "random"];

    public static TheoryData<string, decimal> Cases => Data(HeldCells.Names);

    public static TheoryData<string, decimal> OpenCases => Data(["lstm, open input gate"]);

    [Theory, MemberData(nameof(Cases))]
    public void States_held_by_their_gate_stay_near_float64(string cell, decimal gate)
    {
        foreach (string signal in _signals) Check(cell, gate, signal);
    }

    // On slow input a cell of |c| = 1000 comes back through 0, and the share of a percent that its gate may be off decides at which
    // step. From 0.9999 on that is the report's.
    [Theory, MemberData(nameof(OpenCases))]
    public void Cells_beyond_their_tanh_stay_near_float64(string cell, decimal gate)
    {
        Check(cell, gate, "constant");
        Check(cell, gate, "random");
        if (gate < 0.9999m) Check(cell, gate, "slow");
    }

    // No limit of the recipe holds here; what was measured, over all inputs and 10^6 steps, and half as much again, must not get worse.
    [Fact]
    public void Cells_that_amplify_their_rounding_are_reported_and_get_no_worse()
    {
        foreach (decimal gate in _gates.Where(IsRun))
        {
            int index = Array.IndexOf(_gates, gate);
            foreach (string signal in _signals)
            {
                DriftRun relu = new(HeldCells.Relu((double)gate), HeldCells.InputSize, Scheme.W8A16);
                Known(Report("rnn, relu", gate, signal, relu), [3.1e-4, 4.9e-2, 0.49, 1.3, 0.84], index, "rnn, relu");
                Known("lstm, open input gate, small candidate", gate, signal, [2.2e-4, 1.3e-3, 7.1e-3, 4.3e-2, 0.37], index);
                Known("lstm, open input gate, reads its state", gate, signal, [6.5e-3, 2.0e-2, 2.7e-2, 0.38, 1.5], index);
            }
            if (gate >= 0.9999m) Known("lstm, open input gate", gate, "slow", [0, 0, 0, 0.18, 1.2], index);
        }
    }

    private void Known(string cell, decimal gate, string signal, double[] measured, int index) =>
        Known(Report(cell, gate, signal), measured, index, $"{cell} at {gate}, {signal} input, seed {Seed}");

    private static void Known(double[] curve, double[] measured, int index, string what) =>
        Assert.True(curve.Max() <= 1.5 * measured[index], $"{what}: |h - reference| reaches {curve.Max():E1}, it was {measured[index]:E1}");

    private void Check(string cell, decimal gate, string signal)
    {
        DriftRun run = new(HeldCells.Make(cell, (double)gate), HeldCells.InputSize, Scheme.W8A16);
        double[] curve = Report(cell, gate, signal, run);
        string what = $"{cell} at {gate}, {signal} input, seed {Seed}: ";
        double limit = gate > 0.9999m ? LimitOfSlowest : Limit;
        Assert.True(run.Expected.Max(Math.Abs) > 0.03, $"{what}the reference itself is nearly zero, nothing is shown");
        Assert.True(curve.Max() <= limit, $"{what}|h - reference| reaches {curve.Max():E1}, allowed {limit}");
        Assert.True(curve[9] <= curve[8] + NoiseShare * limit, $"{what}the error grows from {curve[8]:E1} to {curve[9]:E1} in the last tenth");
    }

    private double[] Report(string cell, decimal gate, string signal) =>
        Report(cell, gate, signal, new DriftRun(HeldCells.Make(cell, (double)gate), HeldCells.InputSize, Scheme.W8A16));

    private double[] Report(string cell, decimal gate, string signal, DriftRun run)
    {
        int steps = LongRun.Choose(100_000, 1_000_000);
        double[] curve = run.Curve(steps, Signal(signal));
        output.WriteLine($"{cell} at {gate}, {signal} input, {steps} steps: worst {curve.Max():E1}; by tenths " +
            string.Join(' ', curve.Select(error => error.ToString("E1", System.Globalization.CultureInfo.InvariantCulture))));
        return curve;
    }

    // The short run has ten time constants of the slowest gate it looks at.
    private static bool IsRun(decimal gate) => LongRun.IsOn || gate is 0.99m or 0.9999m;

    private static TheoryData<string, decimal> Data(IEnumerable<string> cells) =>
        [.. cells.SelectMany(cell => _gates.Where(IsRun).Select(gate => new TheoryDataRow<string, decimal>(cell, gate)))];

    private static Func<int, int, double> Signal(string name)
    {
        Random random = new(Seed);
        return name switch
        {
            "constant" => (_, feature) => feature == 0 ? 0.7 : -0.4,
            "slow" => (step, feature) => 0.9 * Math.Sin(2 * Math.PI * step / (feature == 0 ? 100_003 : 41_777)),
            _ => (_, _) => random.NextDouble() * 2 - 1,
        };
    }
}

using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Arch;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>The forecaster of the ECG example, which ships with edgernn: made by make_ecg.py from record 208 of the MIT-BIH Arrhythmia Database.</summary>
public sealed class EcgExampleTests
{
    /// <summary>In standard deviations, as for other trained GRUs; measured 1.5e-6.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>In standard deviations: a count is 0.013 of one; measured 5.2e-3.</summary>
    private const double IntegerTolerance = 0.01;

    private static readonly string _folder = Path.Combine(Repository.Root, "converter", "EdgeRnn.Cli", "Examples", "ecg");

    [Fact]
    public void Raw_counts_give_the_forecasts_of_pytorch()
    {
        float[] expected = NpyFile.Read(Path.Combine(_folder, "expected.npy")).Data;
        float[] actual = new StreamRunner(Import()).RunFlat(Counts(expected.Length));
        Agreement.Within(Tolerance, expected, actual);
    }

    [Fact]
    public void In_integers_the_forecasts_move_by_less_than_a_count()
    {
        float[] expected = NpyFile.Read(Path.Combine(_folder, "expected.npy")).Data, counts = Counts(15 * 360);
        IntegerConverter converter = new(Import(), new StepArray([counts], 1));
        Session session = new(Model.Load(converter.Convert(new QuantizationSettings { Default = Scheme.W8A16 })));
        float[] actual = new float[expected.Length];
        for (int step = 0; step < actual.Length; step++) session.Step(counts, step, actual, step);
        Agreement.Within(IntegerTolerance, expected, actual);
    }

    [Fact]
    public void The_stream_holds_two_minutes_of_12_bit_counts_under_their_channel_name()
    {
        Assert.Equal("MLII", File.ReadLines(Path.Combine(_folder, "stream.csv")).First());
        float[] counts = Counts(int.MaxValue);
        Assert.Equal(120 * 360, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 0, 2047));
    }

    [Fact]
    public void Beats_marked_by_rule_lie_in_the_stream_in_time_order()
    {
        int[][] beats = [.. File.ReadLines(Path.Combine(_folder, "beats.csv")).Skip(1).Select(line => line.Split(','))
            .Select(cells => new[] { Parse(cells[0]), Parse(cells[1]) })];
        Assert.All(beats, beat => Assert.InRange(beat[0], 0, beat[1] - 1));
        Assert.All(beats.Zip(beats.Skip(1)), pair => Assert.True(pair.First[1] < pair.Second[1]));
        Assert.InRange(beats[^1][1], 0, 120 * 360 - 1);
    }

    private static RecurrentGraph Import() => ArchImporter.Import(Path.Combine(_folder, "ecg.pt"),
        new ImportOptions { ArchPath = Path.Combine(_folder, "ecg.arch.json") });

    private static float[] Counts(int most) =>
        [.. File.ReadLines(Path.Combine(_folder, "stream.csv")).Skip(1).Take(most).Select(line => (float)Parse(line))];

    private static int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

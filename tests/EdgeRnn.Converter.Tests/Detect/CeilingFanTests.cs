using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Detect;

/// <summary>
/// A real fan watched by an accelerometer, on and then off. What stands still is easy to forecast: its error is smaller than ever, and
/// only a lower bound notices.
/// </summary>
public sealed class CeilingFanTests
{
    private const int NormalRows = 12_000; // a minute at 200 Hz
    private const int OffRows = 4_000;

    [Fact]
    public void Fan_that_stops_is_an_alarm_of_the_lower_bound_alone()
    {
        List<float[]> rows = [.. Rows("low_0_weight", NormalRows), .. Rows("off_0_weight", OffRows)];
        Model model = TrivialModels.Persistence([.. rows.Take(2_000)]);
        DetectorTrace twoSided = DetectorTrace.Run(model, Settings(twoSided: true), rows), oneSided = DetectorTrace.Run(model, Settings(twoSided: false), rows);
        Assert.DoesNotContain(true, twoSided.Alarms[..NormalRows]);
        Assert.Contains(true, twoSided.Alarms[NormalRows..(NormalRows + 1_000)]); // within five seconds
        Assert.True(twoSided.Alarms[^1]);
        Assert.DoesNotContain(true, oneSided.Alarms);
    }

    [Fact]
    public void Coin_on_a_blade_is_an_alarm_of_the_upper_bound()
    {
        List<float[]> rows = [.. Rows("low_0_weight", NormalRows), .. Rows("low_1_weight", OffRows)];
        Model model = TrivialModels.Persistence([.. rows.Take(2_000)]);
        DetectorSettings settings = Settings(twoSided: true);
        settings.Kind = ScoreKind.Level;
        DetectorTrace trace = DetectorTrace.Run(model, settings, rows);
        Assert.DoesNotContain(true, trace.Alarms[..NormalRows]);
        Assert.Contains(true, trace.Alarms[NormalRows..]);
    }

    // Half a minute is learnt from; the average is over about two seconds.
    private static DetectorSettings Settings(bool twoSided) => new()
    {
        Smoothing = 0.005f,
        WarmUpSteps = 1_000,
        ThresholdSteps = 6_000,
        Level = 0.999f,
        Factor = 1.2f,
        TwoSided = twoSided,
    };

    private static List<float[]> Rows(string name, int count)
    {
        string path = SharedData.Path($"data/ceiling-fan/fan_0_{name}.csv");
        return CsvTable.Read(path, table =>
        {
            int[] columns = [table.Column("x"), table.Column("y"), table.Column("z")];
            List<float[]> rows = [];
            while (rows.Count < count && table.Next()) rows.Add([.. columns.Select(column => (float)table.Number(column))]);
            return rows;
        });
    }
}

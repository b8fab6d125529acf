using System;
using System.Linq;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>What holds for every source.</summary>
public sealed class SourceFactoryTests
{
    public static TheoryData<string> Computed => [.. SourceFactory.Kinds.Where(kind => kind != "csv")];

    [Theory]
    [MemberData(nameof(Computed))]
    public void When_and_how_often_values_are_asked_for_changes_none_of_them(string kind)
    {
        ISource forward = Made.Source(kind, 7), jumping = Made.Source(kind, 7);
        int outputs = forward.Outputs.Count;
        for (int output = 0; output < outputs; output++) jumping.ValueOf(output, 40_000_000);
        for (long at = 30_000_000; at <= 40_000_000; at += 9_973)
        {
            for (int output = 0; output < outputs; output++)
                Assert.Equal(jumping.ValueOf(output, at), forward.ValueOf(output, at));
        }
    }

    [Theory]
    [MemberData(nameof(Computed))]
    public void A_change_at_a_time_that_was_just_asked_for_does_not_change_what_was_before(string kind)
    {
        ISource asked = Made.Source(kind, 7), silent = Made.Source(kind, 7);
        const long at = 10_000_000; // on every grid
        for (int output = 0; output < asked.Outputs.Count; output++) asked.ValueOf(output, at);
        asked.Change(0, asked.Settings[0].Least, at, 0);
        silent.Change(0, silent.Settings[0].Least, at, 0);
        for (int output = 0; output < asked.Outputs.Count; output++)
        {
            for (long later = at; later < at + 20_000_000; later += 333_333)
                Assert.Equal(silent.ValueOf(output, later), asked.ValueOf(output, later));
        }
    }

    [Theory]
    [MemberData(nameof(Computed))]
    public void Every_seed_is_a_source_in_order(string kind)
    {
        ulong[] seeds = [0, 1, 2, 77, 999_999, 1_000_000, ulong.MaxValue];
        foreach (ulong seed in seeds)
        {
            ISource source = Made.Source(kind, seed);
            for (long at = 0; at < 600_000_000; at += 1_234_567)
            {
                for (int output = 0; output < source.Outputs.Count; output++)
                {
                    (double least, double most) = Ordinary(source.Outputs[output].Name);
                    double value = source.ValueOf(output, at);
                    Assert.True(value >= least && value <= most, $"seed {seed}, {source.Outputs[output].Name} at {at}: {value}");
                }
            }
        }
    }

    [Theory]
    [InlineData("rotating-machine", 13634811981266743823UL)]
    [InlineData("pump", 6549693871995368380UL)]
    [InlineData("room", 7304823572366200021UL)]
    [InlineData("ecg", 9963811255799096460UL)]
    public void The_same_seed_gives_the_same_bits_on_every_machine(string kind, ulong expected)
    {
        ISource source = Made.Source(kind, 1);
        for (int i = 0; i < source.Settings.Count; i++)
        {
            SourceSetting setting = source.Settings[i];
            source.Change(i, setting.Usual + 0.3 * (setting.Most - setting.Usual), 1_000_000, 2_000_000);
        }
        ulong sum = 0;
        for (long at = 0; at < 5_000_000; at += 12_345)
        {
            for (int output = 0; output < source.Outputs.Count; output++)
                sum = sum * 1_099_511_628_211 ^ BitConverter.DoubleToUInt64Bits(source.ValueOf(output, at));
        }
        Assert.Equal(expected, sum);
    }

    [Theory]
    [MemberData(nameof(Computed))]
    public void A_setting_goes_in_a_straight_line_and_stays_within_its_range(string kind)
    {
        ISource source = Made.Source(kind, 1);
        SourceSetting first = source.Settings[0];
        source.Change(0, first.Most + 1000, 0, 0);
        source.Change(0, first.Least - 1000, 1_000_000, 1_000_000);
        Assert.All(Enumerable.Range(0, source.Outputs.Count), output => Assert.True(double.IsFinite(source.ValueOf(output, 3_000_000))));
    }

    [Fact]
    public void A_kind_that_is_not_known_names_those_that_are() =>
        Assert.Equal("expected one of csv, ecg, pump, room, rotating-machine, found 'motor'; correct it",
            Assert.Throws<SourceException>(() => Made.Source("motor", 1)).Message);

    [Theory]
    [InlineData("load", "heavy", "expected a number from 0 to 1.5, found 'heavy'; correct it")]
    [InlineData("load", "2", "expected a number from 0 to 1.5, found '2'; correct it")]
    [InlineData("load", "NaN", "expected a number from 0 to 1.5, found 'NaN'; correct it")]
    [InlineData("laod", "1", "there is no such option of the source rotating-machine; expected some of running, speedRpm, load")]
    public void An_option_that_is_wrong_is_refused(string option, string value, string expected)
    {
        SourceException error = Assert.Throws<SourceException>(() => Made.Source("rotating-machine", 1, (option, value)));
        Assert.Equal(option, error.Option);
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    // What can be expected of a source that nobody has changed.
    private static (double Least, double Most) Ordinary(string output) => output switch
    {
        "ax" or "ay" or "shake" => (-2, 2),
        "az" => (7.8, 11.8),
        "gx" or "gy" or "gz" => (-2, 2),
        "temperature" => (19, 60),
        "current" => (0.3, 2.5),
        "voltage" => (11, 12),
        "speed" => (1400, 1550),
        "flow" => (5, 7),
        "pressure" => (99_000, 240_000),
        "level" => (0.2, 1),
        "distance" => (0.3, 1.1),
        "humidity" => (20, 60),
        "motion" => (0, 1),
        "outside" => (-2, 12),
        "ecg" => (-5.2, 5.2),
        "volts" => (0, 2.1),
        _ => (0, 2047),
    };
}

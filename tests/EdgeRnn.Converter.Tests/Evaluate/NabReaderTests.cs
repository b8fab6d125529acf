using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Converter.Tests.Containers;

namespace EdgeRnn.Converter.Tests.Evaluate;

/// <summary>Readers of NAB's files: valid ones, and the same with one thing wrong.</summary>
public sealed class NabReaderTests : IDisposable
{
    internal const string Series = """
        timestamp,value
        2014-01-01 00:00:00,1
        2014-01-01 00:05:00,2.5
        2014-01-01 00:10:00,3
        2014-01-01 00:15:00,4

        """;

    internal const string Windows = """
        {"a.csv": [["2014-01-01 00:05:00.000000", "2014-01-01 00:10:00.000000"],
                   ["2014-01-01 00:15:00.000000", "2014-01-01 00:15:00.000000"]],
         "b.csv": []}
        """;

    internal const string Profiles =
        """{"mine": {"CostMatrix": {"tpWeight": 1.0, "fnWeight": 2.0, "fpWeight": 0.11, "tnWeight": 1.0}}}""";


    private const string Scoreboard = "detector,standard,reward_low_FP_rate,reward_low_FN_rate\nnumenta,74.88,67.51,79.41\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_series_has_timestamps_and_values()
    {
        NabSeries series = ReadSeries(Series);
        Assert.Equal([1, 2.5, 3, 4], series.Values);
        Assert.Equal(new DateTime(2014, 1, 1, 0, 5, 0), series.Timestamps[1]);
    }

    [Theory]
    [InlineData("2.5", "warm", "line 3: column 'value': 'warm' is not a number")]
    [InlineData("00:05:00", "00:65:00", "line 3: column 'timestamp': '2014-01-01 00:65:00' is no timestamp")]
    [InlineData("2014-01-01 00:05:00", "", "line 3: column 'timestamp': '' is no timestamp")]
    [InlineData("value", "reading", "line 1: the column 'value' is missing; found timestamp, reading")]
    [InlineData(",2.5", ",2,5", "line 3: expected 2 cells as in the first line, found 3")]
    [InlineData(",2.5", "", "line 3: expected 2 cells as in the first line, found 1")]
    public void A_series_with_one_thing_wrong_is_refused(string text, string replacement, string problem) =>
        Refuses(() => ReadSeries(Series.Replace(text, replacement)), problem);

    [Fact]
    public void A_series_without_rows_is_refused() => Refuses(() => ReadSeries("timestamp,value\n"), "holds no rows");

    [Fact]
    public void Windows_are_found_by_their_timestamps()
    {
        NabFile file = ReadSeries(Series).Locate(ReadWindows(Windows)["a.csv"]);
        Assert.Equal([new NabWindow(1, 2), new NabWindow(3, 3)], file.Windows);
        Assert.Equal([false, true, true, true], file.Labels());
    }

    [Fact]
    public void A_fraction_of_a_second_counts()
    {
        NabSeries series = ReadSeries(Series.Replace("00:05:00", "00:05:00.25"));
        string windows = Windows.Replace("00:05:00.000000", "00:05:00.250000");
        Assert.Equal(1, series.Locate(ReadWindows(windows)["a.csv"]).Windows[0].First);
        Refuses(() => series.Locate(ReadWindows(Windows)["a.csv"]),
            "a window starts or ends at 2014-01-01 00:05:00, which is no timestamp");
    }

    [Fact]
    public void Where_the_clock_was_set_back_windows_stay_in_order()
    {
        NabSeries series = ReadSeries(Series.Replace("00:15:00", "00:05:00"));
        IReadOnlyList<NabTimeWindow> windows = ReadWindows(Windows.Replace("00:15:00", "00:11:00"))["a.csv"];
        NabTimeWindow again = new(windows[0].Start, windows[0].Start);
        Assert.Equal([new NabWindow(1, 2), new NabWindow(3, 3)], series.Locate([windows[0], again]).Windows);
    }

    [Theory]
    [InlineData("\"2014-01-01 00:05:00.000000\"", "5", "windows.json: $['a.csv'][0][0]: expected a text, found 5")]
    [InlineData("2014-01-01 00:05:00.000000", "January", "windows.json: $['a.csv'][0][0]: expected a timestamp")]
    [InlineData("00:05:00", "00:12:00", "windows.json: $['a.csv'][0]: ends before it starts")]
    [InlineData("00:10:00", "00:15:00", "windows.json: $['a.csv'][1]: starts before the window in front of it has ended")]
    [InlineData(", \"2014-01-01 00:10:00.000000\"", "", "windows.json: $['a.csv'][0]: expected [start, end], found 1 values")]
    [InlineData("\"b.csv\": []", "\"b.csv\": {}", "windows.json: $['b.csv']: expected an array, found an object")]
    [InlineData("b.csv", "a.csv", "windows.json: not valid JSON; comments, trailing commas and repeated keys")]
    [InlineData("}", "", "windows.json: not valid JSON at line 3, byte 1")]
    public void Windows_with_one_thing_wrong_are_refused(string text, string replacement, string problem) =>
        Refuses(() => ReadWindows(Windows.Replace(text, replacement)), problem);

    [Fact]
    public void Windows_of_nothing_are_refused() =>
        Refuses(() => ReadWindows("{}"), "expected the windows of a series, found none");

    [Fact]
    public void A_profile_has_its_weights_in_double_precision() =>
        Assert.Equal([new NabProfile("mine", 1, 0.11, 2)], ReadProfiles(Profiles));

    [Theory]
    [InlineData("\"fnWeight\": 2.0, ", "", "profiles.json: $.mine.CostMatrix: the key 'fnWeight' is missing")]
    [InlineData("0.11", "-0.11", "profiles.json: $.mine.CostMatrix.fpWeight: expected a weight of 0 or more, found -0.11")]
    [InlineData("0.11", "1e999", "profiles.json: $.mine.CostMatrix.fpWeight: expected a finite number")]
    [InlineData("0.11", "\"0.11\"", "profiles.json: $.mine.CostMatrix.fpWeight: expected a number, found '0.11'")]
    [InlineData("\"tpWeight\": 1.0", "\"tpWeight\": 0", "profiles.json: $.mine.CostMatrix: tpWeight is 0")]
    [InlineData("CostMatrix", "Costs", "profiles.json: $.mine: the key 'CostMatrix' is missing")]
    public void Profiles_with_one_thing_wrong_are_refused(string text, string replacement, string problem) =>
        Refuses(() => ReadProfiles(Profiles.Replace(text, replacement)), problem);

    [Fact]
    public void A_scoreboard_has_a_score_for_each_profile()
    {
        NabRank rank = Assert.Single(ReadScoreboard(Scoreboard));
        Assert.Equal(("numenta", 67.51), (rank.Detector, rank.Scores["reward_low_FP_rate"]));
    }

    [Theory]
    [InlineData("67.51", "-", "line 2: column 'reward_low_FP_rate': '-' is not a number")]
    [InlineData("reward_low_FP_rate", "other", "line 1: the column 'reward_low_FP_rate' is missing")]
    public void A_scoreboard_with_one_thing_wrong_is_refused(string text, string replacement, string problem) =>
        Refuses(() => ReadScoreboard(Scoreboard.Replace(text, replacement)), problem);

    [Fact]
    public void A_folder_is_read_with_the_published_profiles_where_it_has_none()
    {
        NabDataSet data = OpenFolder(Windows);
        Assert.Equal(["a.csv", "b.csv"], data.Files.Select(file => file.Name));
        Assert.Equal([2, 0], data.Files.Select(file => file.Windows.Count));
        Assert.Equal(NabProfile.Published, data.Profiles);
        Assert.Empty(data.Scoreboard);
    }

    [Theory]
    [InlineData("b.csv", "c.csv", "there is no such file")]
    [InlineData("b.csv", "../b.csv", "'../b.csv' leads out of the folder")]
    [InlineData("b.csv", "/b.csv", "'/b.csv' leads out of the folder")]
    public void A_folder_without_a_listed_series_is_refused(string text, string replacement, string problem) =>
        Refuses(() => OpenFolder(Windows.Replace(text, replacement)), problem);

    private NabDataSet OpenFolder(string windows)
    {
        _folder.File(NabWindowsFile.FileName, windows);
        _folder.File("a.csv", Series);
        _folder.File("b.csv", Series);
        return NabDataSet.Open(_folder.Root);
    }

    private NabSeries ReadSeries(string content) => NabSeries.Read(_folder.File("series.csv", content), "series.csv");

    private IReadOnlyDictionary<string, IReadOnlyList<NabTimeWindow>> ReadWindows(string content) =>
        NabWindowsFile.Read(_folder.File("windows.json", content));

    private IReadOnlyList<NabProfile> ReadProfiles(string content) => NabProfile.Read(_folder.File("profiles.json", content));

    private IReadOnlyList<NabRank> ReadScoreboard(string content) =>
        NabRank.Read(_folder.File("scoreboard.csv", content), NabProfile.Published);

    private static void Refuses(Func<object> read, string problem)
    {
        string message = Assert.Throws<ConversionException>(() => { read(); }).Message;
        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Converter.Tests.Containers;

namespace EdgeRnn.Converter.Tests.Evaluate;

/// <summary>Readers of recordings: a valid file, and the same with one thing wrong.</summary>
public sealed class RecordingReaderTests : IDisposable
{
    internal const string Skab = """
        time;Accelerometer1RMS;Accelerometer2RMS;Current;Pressure;Temperature;Thermocouple;Voltage;Volume Flow RateRMS;anomaly;changepoint
        2020-01-01 00:00:00;1;2;3;4;5;6;7;8.5;0.0;0.0
        2020-01-01 00:00:01;11;12;13;14;15;16;17;18;1.0;1.0

        """;

    internal const string Csv = """
        time,flow,speed,Label
        0,1,2,0
        1,3,4.5,1

        """;

    private const string Leaderboard = """
        algorithm,F1,FAR_percent,MAR_percent
        MSET,0.5,25,12.5

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_recording_of_SKAB_has_its_readings_and_labels()
    {
        SkabRecording recording = ReadSkab(Skab);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8.5], recording.Readings[0]);
        Assert.Equal([false, true], recording.Anomalies);
    }

    [Fact]
    public void Names_of_SKAB_columns_vary_in_case_wording_and_order()
    {
        IEnumerable<string> lines = Skab.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => string.Join(';', line.Trim().Split(';').Reverse()));
        string reversed = string.Join("\r\n", lines);
        SkabRecording expected = ReadSkab(Skab);
        SkabRecording actual =
            ReadSkab(reversed.Replace("Volume Flow RateRMS", "volume flow rate").Replace("Current", "CURRENT"));
        Assert.Equal(expected.Readings, actual.Readings);
        Assert.Equal(expected.Anomalies, actual.Anomalies);
    }

    [Fact]
    public void A_missing_reading_is_not_a_number() =>
        Assert.Equal(double.NaN, ReadSkab(Skab.Replace("8.5", "")).Readings[0][7]);

    [Fact]
    public void A_normal_recording_has_no_labels() =>
        Assert.False(ReadSkab(Skab.Replace("anomaly;changepoint", "comment;note")).HasLabels);

    [Theory]
    [InlineData("8.5", "wet", "line 2: column 'Volume Flow RateRMS': 'wet' is not a number")]
    [InlineData("8.5", "8,5", "line 2: column 'Volume Flow RateRMS': '8,5' is not a number")]
    [InlineData(";18;1.0;", ";18;0.5;", "line 3: column 'anomaly': '0.5' is no label; expected 0 or 1")]
    [InlineData(";18;1.0;", ";18;;", "line 3: column 'anomaly': '' is no label")]
    [InlineData(";18;1.0;", ";18;", "line 3: expected 11 cells as in the first line, found 10")]
    [InlineData("Pressure", "Force", "line 1: the column 'Pressure' is missing; found time")]
    [InlineData("time;", "pressure;", "line 1: the columns 'pressure' and 'Pressure' are the same")]
    [InlineData("2020-01-01 00:00:00", "\"2020", "quotes do not match")]
    public void A_recording_of_SKAB_with_one_thing_wrong_is_refused(string text, string replacement, string problem) =>
        Refuses(() => ReadSkab(Skab.Replace(text, replacement)), problem);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n\n", "is empty")]
    public void A_file_without_text_is_refused(string content, string problem)
    {
        Refuses(() => ReadSkab(content), problem);
        Refuses(() => ReadCsv(content), problem);
    }

    [Fact]
    public void A_file_without_rows_is_refused()
    {
        Refuses(() => ReadSkab(Skab.Split('\n')[0]), "holds no rows");
        Refuses(() => ReadCsv(Csv.Split('\n')[0]), "holds no rows");
    }

    [Fact]
    public void An_absent_file_is_refused() =>
        Refuses(() => SkabRecording.Read(Path.Combine(_folder.Root, "absent.csv")), "no such file");

    [Fact]
    public void A_folder_without_recordings_is_refused() => Refuses(() => SkabDataSet.Open(_folder.Root), "holds no recording");

    [Fact]
    public void Recordings_are_listed_by_number()
    {
        foreach (string name in (string[])["other/10", "other/9", "valve2/1"])
        {
            Directory.CreateDirectory(Path.Combine(_folder.Root, Path.GetDirectoryName(name)!));
            _folder.File($"{name}.csv", Skab);
        }
        SkabDataSet data = SkabDataSet.Open(_folder.Root);
        Assert.Equal(["valve2/1", "other/9", "other/10"], data.Files.Select(file => file.Name));
        Assert.Null(data.AnomalyFree);
        Assert.Empty(data.Leaderboard);
    }

    [Fact]
    public void A_leaderboard_is_read_in_shares() =>
        Assert.Equal([new SkabRank("MSET", 0.5, 0.25, 0.125)], SkabRank.Read(_folder.File("board.csv", Leaderboard)));

    [Theory]
    [InlineData("12.5", "", "line 2: column 'MAR_percent': '' is not a number")]
    [InlineData("FAR_percent", "FAR", "line 1: the column 'FAR_percent' is missing")]
    public void A_leaderboard_with_one_thing_wrong_is_refused(string text, string replacement, string problem) =>
        Refuses(() => SkabRank.Read(_folder.File("board.csv", Leaderboard.Replace(text, replacement))), problem);

    [Fact]
    public void A_labelled_recording_has_channels_beside_time_and_label()
    {
        LabelledRecording recording = ReadCsv(Csv);
        Assert.Equal(["flow", "speed"], recording.Channels);
        Assert.Equal([[1, 2], [3, 4.5]], recording.Readings);
        Assert.Equal([false, true], recording.Labels);
    }

    [Fact]
    public void The_label_may_have_another_name()
    {
        LabelledRecording recording = ReadCsv(Csv.Replace("Label", "leak"), "leak");
        Assert.Equal([false, true], recording.Labels);
        Assert.Equal(2, recording.Channels.Count);
    }

    [Theory]
    [InlineData("Label", "leak", "line 1: the column 'anomaly' is missing; found time, flow, speed, leak")]
    [InlineData("speed", "anomaly", "line 1: the columns 'anomaly' and 'Label' are the same")]
    [InlineData("4.5,1", "4.5,2", "line 3: column 'Label': '2' is no label")]
    [InlineData("4.5,1", "4.5,NaN", "line 3: column 'Label': 'NaN' is no label")]
    [InlineData("4.5", "high", "line 3: column 'speed': 'high' is not a number")]
    [InlineData("4.5,1", "4.5,1,1", "line 3: expected 4 cells as in the first line, found 5")]
    public void A_labelled_recording_with_one_thing_wrong_is_refused(string text, string replacement, string problem) =>
        Refuses(() => ReadCsv(Csv.Replace(text, replacement)), problem);

    [Fact]
    public void A_label_alone_is_no_recording() => Refuses(() => ReadCsv("time,label\n0,1\n"), "no column with readings");

    [Fact]
    public void Figures_of_labelled_recordings_leave_out_the_training()
    {
        LabelledRecording recording = new(["a"], [[0], [1], [0], [1], [50], [0]], [false, false, false, false, true, false]);
        CsvFigures figures = CsvProtocol.Score(Baseline.Difference, [("file", recording)], trainingRows: 4, seed: 1);
        Assert.Equal(2, figures.Rows.Rows.Rows);
        Assert.Equal((1, 1), (figures.Events.Events, figures.Events.Detected));
        Refuses(() => CsvProtocol.Score(Baseline.ZScore, [("file", recording)], trainingRows: 6, seed: 1),
            "file: 6 rows; the first 6 train");
    }

    private SkabRecording ReadSkab(string content) => SkabRecording.Read(_folder.File("recording.csv", content));

    private LabelledRecording ReadCsv(string content, string? label = null) =>
        LabelledRecording.Read(_folder.File("recording.csv", content), label);

    private static void Refuses(Func<object> read, string problem)
    {
        string message = Assert.Throws<ConversionException>(() => { read(); }).Message;
        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}

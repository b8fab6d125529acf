using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>Recordings as sources.</summary>
public sealed class PlaybackTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgernn-playback").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_row_holds_until_the_next_and_the_last_stays()
    {
        ISource source = Play("time,a,b\n10,1,5\n10.5,2,6\n11,4,7\n");
        Assert.Equal(["a", "b"], source.Outputs.Select(output => output.Name));
        Assert.Equal([1, 1, 2, 4, 4], new[] { 0, 0.4999, 0.5, 1, 99 }.Select(at => source.ValueOf("a", at)));
        Assert.Equal(6, source.ValueOf("b", 0.7));
    }

    [Fact]
    public void Values_in_between_are_on_a_line_where_that_is_asked_for() =>
        Assert.Equal(2.5, Play("time,a\n0,1\n1,4\n", ("between", "linear")).ValueOf("a", 0.5), 1e-5); // the half microsecond

    [Fact]
    public void It_begins_anew_where_it_is_a_loop()
    {
        ISource source = Play("a\n1\n2\n3\n", ("rate", "10"), ("loop", "true"));
        Assert.Equal([1, 3, 1, 2, 1], new[] { 0, 0.25, 0.3, 0.4, 300 }.Select(at => source.ValueOf("a", at)));
    }

    [Fact]
    public void An_empty_cell_is_the_value_before_it_and_ahead_of_the_first_there_is_none()
    {
        ISource source = Play("time;a;b\n0;;1\n1;5;\n2;;3\n");
        Assert.True(double.IsNaN(source.ValueOf("a", 0.5)));
        Assert.Equal([5, 5], new[] { 1, 2.5 }.Select(at => source.ValueOf("a", at)));
        Assert.Equal([1, 1, 3], new[] { 0, 1.5, 2 }.Select(at => source.ValueOf("b", at)));
    }

    [Fact]
    public void Dates_are_times_as_well() =>
        Assert.Equal(2, Play("datetime,a\n2020-03-09 12:14:36,1\n2020-03-09 12:14:38,2\n").ValueOf("a", 2));

    [Fact]
    public void At_each_tick_of_its_rate_a_row_is_found_and_backwards_too()
    {
        ISource source = Play("a\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i}\n")), ("rate", "360"));
        for (int i = 0; i < 5000; i++) Assert.Equal(i, source.ValueOf(0, (long)Math.Round(i * 1e6 / 360)));
        for (int i = 4999; i >= 0; i -= 7) Assert.Equal(i, source.ValueOf(0, (long)Math.Round(i * 1e6 / 360)));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("time,a\n", "has a header and no rows")]
    [InlineData("a\n1\n", "line 1: the first column is 'a'; expected one of time")]
    [InlineData("time\n1\n", "line 1: there is time alone")]
    [InlineData("time,a\n0,1\n0,2\n", "line 3: the time '0' is not after the one before")]
    [InlineData("time,a\n0,1\n1\n", "line 3: expected 2 cells as in the header")]
    [InlineData("time,a\n0,1\n1,2,3\n", "line 3: expected 2 cells as in the header")]
    [InlineData("time,a\n0,x\u0007y\n", "line 2: expected a number or nothing, found 'x?y'")]
    [InlineData("time,a\n0,Infinity\n", "line 2: expected a number or nothing")]
    [InlineData("time,a\nnoon,1\n", "line 2: expected a time in seconds or a date, found 'noon'")]
    [InlineData("time,a\n0,1\n1e300,2\n", "line 3: the time '1e300' is too late")]
    public void A_file_that_is_wrong_gives_one_line(string text, string expected)
    {
        SourceException error = Assert.Throws<SourceException>(() => Play(text));
        Assert.Equal("file", error.Option);
        Assert.StartsWith($"'data.csv' {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_gives_one_line() =>
        Assert.Equal("'none.csv' cannot be read; expected a CSV file there; correct the path",
            Assert.Throws<SourceException>(() => Open(("file", "none.csv"))).Message);

    [Fact]
    public void Any_bytes_give_one_line_or_a_source()
    {
        const int seed = 20_260_101;
        Random random = new(seed);
        byte[] pieces = "time,a\n0123456789.;-e\"\r\u0000\u00ff"u8.ToArray();
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = new byte[random.Next(60)];
            for (int i = 0; i < bytes.Length; i++) bytes[i] = pieces[random.Next(pieces.Length)];
            File.WriteAllBytes(Path.Combine(_folder, "data.csv"), [.. "time,a\n"u8, .. bytes]);
            try
            {
                ISource source = Open();
                source.ValueOf(0, random.Next());
            }
            catch (SourceException wrong)
            {
                Assert.False(wrong.Message.Contains('\n', StringComparison.Ordinal), $"seed {seed}, round {round}: {wrong.Message}");
            }
        }
    }

    [Fact]
    public void The_electrocardiogram_gives_the_counts_it_was_recorded_with()
    {
        ISource ecg = Made.Source("ecg", 1);
        string stream = Path.Combine(Repository.Root, "converter/EdgeRnn.Cli/Examples/ecg/stream.csv");
        double[] counts = [.. File.ReadLines(stream).Skip(1).Take(1000).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        for (int i = 0; i < counts.Length; i++)
        {
            double value = ecg.ValueOf(ecg.Output("counts"), (long)Math.Round(i * 1e6 / 360));
            Assert.Equal(counts[i], value, 0.25); // half a microsecond of the steepest rise, 360 counts a sample
            Assert.Equal(1.024 + 0.1 * (value - 1024) / 200, ecg.ValueOf(ecg.Output("volts"), (long)Math.Round(i * 1e6 / 360)), 1e-12);
        }
    }

    private ISource Play(string text, params (string Name, string Value)[] options)
    {
        File.WriteAllText(Path.Combine(_folder, "data.csv"), text);
        return Open(options);
    }

    private ISource Open(params (string Name, string Value)[] options)
    {
        Dictionary<string, string> all = new() { ["file"] = "data.csv" };
        foreach ((string name, string value) in options) all[name] = value;
        return SourceFactory.Create("csv", all, 1, _folder);
    }
}

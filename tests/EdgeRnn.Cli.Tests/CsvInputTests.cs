using System;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Cli.Tests;

public sealed class CsvInputTests
{
    [Theory]
    [InlineData("1,2\n3,4\n")]
    [InlineData("1,2\r\n3,4")]
    [InlineData("1;2\n3;4\n")]
    [InlineData("1\t2\n3\t4\n")]
    [InlineData("x,y\n1,2\n3,4\n")]
    [InlineData("\"x, left\";\"y\"\n1;2\n3;4\n")]
    [InlineData("time,x,y\n0.1,1,2\n0.2,3,4\n")]
    [InlineData("Timestamp;x;y\n2020-03-09 10:14:33;1;2\n2020-03-09 10:14:34;3;4\n")]
    [InlineData("2020-03-09 10:14:33,1,2\n2020-03-09 10:14:34,3,4\n")]
    [InlineData("when,x,y\n10:14:33,1,2\n10:14:34,3,4\n")]
    [InlineData("t,0,1\n0,1,2\n1,3,4\n")]
    [InlineData(" 1 , 2 \n\n 3 , 4 \n\n\n")]
    [InlineData("\uFEFF1,2\n3,4\n")]
    [InlineData("\"1\",\"2\"\n\"3\",\"4\"\n")]
    [InlineData("1e0,2.0\n+3,40e-1\n")]
    public void Two_steps_of_two_features_are_read(string csv)
    {
        StepArray steps = Read(csv, features: 2);
        Assert.Equal([1, 2, 3, 4], Assert.Single(steps.Sequences));
        Assert.Equal(2, steps.Features);
    }

    [Theory]
    [InlineData("x\n1\n\n3\n")]
    [InlineData("\n1\n\n3\n\n\n")]
    [InlineData("1\n\"\"\n3")]
    public void Blank_line_in_a_single_column_is_a_missing_value(string csv)
    {
        StepArray steps = Read(csv, features: 1);
        Assert.Equal([1, float.NaN, 3], Assert.Single(steps.Sequences));
        Assert.Equal(1, steps.CountMissing());
    }

    [Fact]
    public void Empty_cell_is_a_missing_value()
    {
        StepArray steps = Read("time,x,y\n0,,2\n1,3,NaN\n", features: 2);
        Assert.Equal([float.NaN, 2, 3, float.NaN], Assert.Single(steps.Sequences));
        Assert.Equal(2, steps.CountMissing());
    }

    [Fact]
    public void Row_of_a_time_and_missing_values_is_no_header() =>
        Assert.Equal([float.NaN, 1], Assert.Single(Read("2020-03-09 10:14:33,\n2020-03-09 10:14:34,1\n", features: 1).Sequences));

    [Fact]
    public void Name_of_a_time_alone_is_the_feature() =>
        Assert.Equal([1, 2], Assert.Single(Read("t\n1\n2\n", features: 1).Sequences));

    [Theory]
    [InlineData("datetime;Current;Pressure;anomaly;changepoint\n2020-03-09 10:14:33;1;2;0;0\n2020-03-09 10:14:34;3;4;1;0\n")]
    [InlineData("Pressure,label,current\n2,normal,1\n4,odd,3\n")]
    public void Columns_are_picked_by_the_names_of_the_channels(string csv)
    {
        StepArray steps = Read(csv, features: 2, "Current", "Pressure");
        Assert.Equal([1, 2, 3, 4], Assert.Single(steps.Sequences));
        Assert.Contains("left out", Assert.Single(steps.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_names_are_taken_in_order_and_said()
    {
        StepArray steps = Read("a,b\n1,2\n", features: 2, "Current", "Pressure");
        Assert.Equal([1, 2], Assert.Single(steps.Sequences));
        Assert.Contains("in order", Assert.Single(steps.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_channel_is_named() =>
        Refused("time,Current,Flow\n0,1,2\n", 2, ["Current", "Pressure"], "Pressure are missing", "Flow");

    [Fact]
    public void Channel_named_by_two_columns_is_refused() =>
        Refused("Current,Pressure,Current\n1,2,3\n", 2, ["Current", "Pressure"], "two columns are named 'Current'");

    [Fact]
    public void Other_count_of_columns_lists_those_found() =>
        Refused("time,x,y,anomaly\n0,1,2,0\n", 2, [], "expected 2 columns", "found 3 besides the leading time", "x, y, anomaly");

    [Fact]
    public void Row_of_another_length_names_its_line() =>
        Refused("x,y\n1,2\n3\n", 2, [], "line 3", "expected 2 cells", "found 1");

    [Fact]
    public void Cell_that_is_no_number_names_line_and_column() =>
        Refused("x,y\n1,2\n3,four\n", 2, [], "line 3", "column 'y'", "'four'");

    [Theory]
    [InlineData("1,5;2,5\n3,5;4,5\n")]
    [InlineData("1,5;2\n3,5;4\n")]
    [InlineData("x;y\n1,5;2\n")]
    public void Decimal_comma_is_refused_rather_than_guessed(string csv) =>
        Refused(csv, 1, [], "'1,5' is not a number", "decimal point");

    [Fact]
    public void Number_in_a_row_of_text_is_data() => Refused("x,2\n1,2\nA,3\n", 2, [], "found 1");

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("x,y\n")]
    public void File_without_steps_is_refused(string csv) => Refused(csv, 2, [], "holds no steps");

    [Fact]
    public void Quotes_that_do_not_match_are_refused() => Refused("1,2\n3,4\"5\"\n", 2, [], "quotes do not match");

    [Fact]
    public void Endless_cell_is_refused() => Refused(new string('1', 10_000), 1, [], "more than 4096 characters");

    [Fact]
    public void Binary_file_is_refused() => Refused("\0\u0001\u0002PK\n\0\0\n", 1, [], "line");

    private static StepArray Read(string csv, int? features, params string[] channels)
    {
        using Workspace workspace = new();
        StepArrayOptions options = new() { Features = features, ChannelNames = channels };
        return StepArrayFile.Read(workspace.Text("x.csv", csv), options);
    }

    private static void Refused(string csv, int features, string[] channels, params string[] parts)
    {
        string message = Assert.Throws<ConversionException>(() => Read(csv, features, channels)).Message;
        Assert.DoesNotContain('\n', message);
        foreach (string part in parts) Assert.Contains(part, message, StringComparison.Ordinal);
    }
}

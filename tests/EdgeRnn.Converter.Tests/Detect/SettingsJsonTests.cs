using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests.Detect;

public sealed class SettingsJsonTests
{
    [Fact]
    public void Settings_come_back_as_they_were()
    {
        DetectorSettings settings = new()
        {
            Kind = ScoreKind.Level,
            Lead = 3,
            AddLevel = true,
            Targets = [1, 0],
            Weights = [0.1f, 2],
            ErrorClip = 0.3f,
            Combination = ScoreCombination.Max,
            Threshold = ThresholdMethod.DriftSpot,
            Risk = 1e-5f,
            Latching = true,
            Sensors = new SensorSettings { Lowest = [float.MinValue, 1e-7f], StuckSteps = [7, 0], Substitution = SubstitutionKind.Mask },
        };
        string text = SettingsJson.Write(settings);
        DetectorSettings read = SettingsJson.Read(text, "s.json", out IReadOnlySet<string> given);
        Assert.Equal(text, SettingsJson.Write(read)); // every property, floats to the bit
        Assert.Equal((ThresholdMethod.DriftSpot, 0.3f, 1e-7f), (read.Threshold, read.ErrorClip, read.Sensors.Lowest[1]));
        Assert.Equal(typeof(DetectorSettings).GetProperties().Length + typeof(SensorSettings).GetProperties().Length, given.Count);
        Assert.Contains("Sensors.StuckSteps", given);
        Assert.Contains("Threshold", given);
    }

    [Fact]
    public void Names_that_are_there_are_given_and_others_have_their_defaults()
    {
        string text = """{"smoothing": 0.5, "sensors": {"lateMs": 3}}""";
        DetectorSettings read = SettingsJson.Read(text, "s.json", out IReadOnlySet<string> given);
        Assert.Equal((0.5f, 3, ThresholdMethod.Quantile), (read.Smoothing, read.Sensors.LateMs, read.Threshold));
        Assert.Equal(new HashSet<string> { "Smoothing", "Sensors", "Sensors.LateMs" }, given);
    }

    [Theory]
    [InlineData("{", "no detector settings")]
    [InlineData("[]", "no detector settings")]
    [InlineData("null", "holds null")]
    [InlineData("", "the text is no JSON at line 1, character 1")]
    [InlineData("""{"smothing": 1}""", "$.smothing: there is no such setting, expected one of kind, lead, ")]
    [InlineData("""{"sensors": {"x": 1}}""", "$.sensors.x: there is no such setting, expected one of lowest, ")]
    [InlineData("""{"threshold": "sometimes"}""", "$.threshold: expected \"fixed\", \"quantile\"")]
    [InlineData("""{"threshold": 2}""", "$.threshold: expected \"fixed\"")]
    [InlineData("""{"lead": 1.5}""", "$.lead: expected a whole number, found 1.5")]
    [InlineData("""{"factor": null}""", "$.factor: expected a number, found null")]
    [InlineData("""{"twoSided": 1}""", "$.twoSided: expected true or false, found 1")]
    [InlineData("""{"sensors": []}""", "$.sensors: expected a JSON object, found []")]
    [InlineData("""{"sensors": {"lowest": [1, "a"]}}""", "$.sensors.lowest[1]: expected a list of numbers")]
    [InlineData("""{"sensors": {"lowest": null}}""", "owest")]
    [InlineData("""{"lead": 1, "lead": 2}""", "$.lead: stands there twice")]
    public void Wrong_text_is_one_line_that_names_the_place(string text, string reason)
    {
        string message = Assert.Throws<ConversionException>(() => SettingsJson.Read(text, "s.json", out _)).Message;
        Assert.StartsWith("s.json: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal); // types of .NET are no help
        Assert.DoesNotContain("EdgeRnn.", message, StringComparison.Ordinal);
    }
}

using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Detector settings in a file: valid ones, and the same with one thing wrong. The second reader says the same of each.</summary>
public sealed class HostileDetectorTests
{
    private const int Million = 1 << 20;

    [Fact]
    public void Valid_settings_are_read()
    {
        foreach (byte[] file in ValidDetectors.All)
        {
            Assert.NotNull(Model.Load(file).Detector);
            SecondDetector second = SecondReader.Read(file).Detector!;
            Assert.Equal((int)Model.Load(file).Detector!.Kind, second.Kind);
            _ = new Detector(Model.Load(file));
        }
        Assert.Null(Model.Load(ValidFiles.Stream).Detector);
    }

    [Theory]
    [InlineData("Forecast", "kind", 0, 5)]
    [InlineData("Forecast", "lead", 0, 1025, 1, 1024)]
    [InlineData("Distance", "lead", -4, -1025, -5, -1024)]
    [InlineData("Classes", "lead", 1 << 21, int.MinValue, true)]
    [InlineData("Classes", "normalClass", -2, 3, -1, 0)]
    [InlineData("Forecast", "normalClass", 99, -99, true)]
    [InlineData("Forecast", "addLevel", -1, 2)]
    [InlineData("Forecast", "targets0", -1, 4, 0, 3)]
    [InlineData("Forecast", "targets6", int.MinValue, int.MaxValue)]
    [InlineData("Forecast", "normaliseChannels", -1, 2, 0, 1)]
    [InlineData("Forecast", "combination", 0, 5, 2, 3)]
    [InlineData("Forecast", "combination", 4, 4)] // a distance without its matrix
    [InlineData("Distance", "combination", 1, 3)] // a matrix without its distance
    [InlineData("Forecast", "smoothChannels", 2, 256, 0, 1)]
    [InlineData("Forecast", "warmUpSteps", -2, Million + 1, -1, Million)]
    [InlineData("Forecast", "channelSteps", 1, (1 << 14) + 1, 2, 1 << 14)]
    [InlineData("Classes", "channelSteps", 1, int.MaxValue, true)]
    [InlineData("Forecast", "thresholdSteps", 1, 2050, 2, 2046)]
    [InlineData("Classes", "thresholdSteps", 1, Million + 1, 2, Million)]
    [InlineData("Classes", "threshold", 0, 7, 1, 3)]
    [InlineData("Forecast", "history", -1, int.MaxValue, true)]
    [InlineData("Forecast", "twoSided", -1, 2, 0, 1)]
    [InlineData("Forecast", "votes", 0, 4, 1, 3)]
    [InlineData("Forecast", "voteWindow", 1, 33, 2, 32)]
    [InlineData("Forecast", "clearSteps", 0, Million + 1, 1, Million)]
    [InlineData("Forecast", "holdOffSteps", -1, Million + 1, 0, Million)]
    [InlineData("Forecast", "latching", -1, 2, 0, 1)]
    [InlineData("Drift", "latching", -1, 1)] // an alarm that lasts, but not for ever
    [InlineData("Drift", "maxAlarmSteps", -1, Million + 1, 0, Million)]
    [InlineData("Classes", "maxAlarmSteps", -1, 1)]
    [InlineData("Forecast", "rootScores", -1, 2, 0, 1)]
    [InlineData("Peaks", "thresholdSteps", 1, 513, 2, 511)]
    [InlineData("Drift", "thresholdSteps", 7, 519, 8, 517)]
    [InlineData("Drift", "history", 1, 19, 2, 18)]
    [InlineData("Dynamic", "history", 1, 4097, 2, 4096)]
    [InlineData("Forecast", "stuckSteps0", -1, Million + 1, 0, Million)]
    [InlineData("Forecast", "flatSteps", 1, Million + 1, 2, Million)]
    [InlineData("Forecast", "flatSteps", 0, -1)] // ranges without steps
    [InlineData("Classes", "flatSteps", 2, 3)] // steps without ranges
    [InlineData("Forecast", "substitution", 0, 4, 1, 3)]
    [InlineData("Forecast", "maxSubstituted", -1, Million + 1, 0, Million)]
    [InlineData("Forecast", "recoverySteps", -2, Million + 1, -1, Million)]
    [InlineData("Forecast", "periodMs", 6, 1 << 30, 7, (1 << 30) - 1)]
    [InlineData("Forecast", "lateMs", -1, 21, 0, 20)]
    public void An_integer_out_of_range_is_refused(string file, string field, int below, int above, object? least = null, object? most = null)
    {
        foreach (int wrong in new[] { below, above })
        {
            if (least is true) Accept(file, field, wrong);
            else Expect(file, field, wrong, "detc: ");
        }
        if (least is not int first || most is not int last) return;
        Accept(file, field, first);
        Accept(file, field, last);
    }

    [Theory]
    [InlineData("Forecast", "weights10", 0, 1024)]
    [InlineData("Forecast", "errorClip", 1f / 65536, 16383)]
    [InlineData("Distance", "whitening1", -1024, 1024)]
    [InlineData("Forecast", "smoothing", 1f / 65536, 1)]
    [InlineData("Forecast", "level", 0, 1)]
    [InlineData("Classes", "level", 0, 16383)]
    [InlineData("Distance", "level", 0, 1000)]
    [InlineData("Forecast", "factor", 1f / 256, 256)]
    [InlineData("Forecast", "adaptation", 0, 1)]
    [InlineData("Forecast", "adaptationLimit", 1, 256)]
    [InlineData("Forecast", "adaptationClip", 0, 100)]
    [InlineData("Peaks", "level", 0.5f, 0.9999f)]
    [InlineData("Peaks", "risk", 1e-9f, 0.5f)]
    [InlineData("Drift", "risk", 1e-9f, 0.5f)]
    [InlineData("Dynamic", "level", 0, 100)]
    [InlineData("Dynamic", "pruning", 0, 1)]
    [InlineData("Forecast", "hysteresis", 1f / 256, 1)]
    [InlineData("Forecast", "lowest0", float.MinValue, 100)]
    [InlineData("Forecast", "highest3", -100, float.MaxValue)]
    [InlineData("Forecast", "flatRange3", -1, float.MaxValue)]
    [InlineData("Forecast", "spikeStep0", 0, float.MaxValue)]
    [InlineData("Forecast", "decayRate", 1f / 65536, 1)]
    public void A_number_out_of_range_is_refused(string file, string field, float least, float most)
    {
        Accept(file, field, BitConverter.SingleToInt32Bits(least));
        Accept(file, field, BitConverter.SingleToInt32Bits(most));
        foreach (float wrong in new[] { MathF.BitDecrement(least), MathF.BitIncrement(most), float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            // No clip is a clip, too.
            if (field == "errorClip" && wrong == 0) continue;
            Expect(file, field, BitConverter.SingleToInt32Bits(wrong), "detc: ");
        }
    }

    [Theory]
    [InlineData("risk")]
    [InlineData("pruning")]
    public void A_number_that_is_not_used_only_has_to_be_finite(string field)
    {
        Accept("Forecast", field, BitConverter.SingleToInt32Bits(-1e30f));
        Expect("Forecast", field, Refusal.NaN, "detc: number");
    }

    [Theory]
    [InlineData("targets")]
    [InlineData("weights")]
    [InlineData("lowest")]
    [InlineData("highest")]
    [InlineData("stuckSteps")]
    [InlineData("flatRange")]
    [InlineData("spikeStep")]
    public void A_list_of_another_length_is_refused(string list)
    {
        foreach (int count in new[] { 1, 2 })
        {
            Refusal.Expect(WithList(list, 0, count), ModelErrorCode.BadValue, "detc: ");
            Refusal.Expect(WithList(list, count, 0), ModelErrorCode.BadValue, "detc: ");
        }
        foreach (long length in new long[] { -1, int.MinValue, 65536, int.MaxValue })
            Refusal.Expect(ErnnEdit.With(ValidDetectors.Forecast, $"detc.{list}.length", length), ModelErrorCode.BadValue, "detc: length of a list");
        Refusal.Expect(ErnnEdit.With(ValidDetectors.Forecast, $"detc.{list}.length", 65535), ModelErrorCode.WrongLength, "detc: ");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Another_version_is_refused(int version) =>
        Refusal.Expect(ErnnEdit.With(ValidDetectors.Forecast, "detc.version", version), ModelErrorCode.UnsupportedVersion, "detc: version");

    [Fact]
    public void Truncated_anywhere_or_longer_is_refused()
    {
        byte[] payload = ErnnEdit.Split(ValidDetectors.Counts).Single(section => section.Tag == "detc").Payload;
        for (int length = 0; length < payload.Length; length++)
        {
            byte[] file = ErnnEdit.WithSection(ValidDetectors.Counts, "detc", bytes => bytes[..length]);
            Assert.Throws<ModelException>(() => Model.Load(file));
            Assert.Throws<FormatException>(() => SecondReader.Read(file));
        }
        Refusal.Expect(ErnnEdit.WithSection(ValidDetectors.Counts, "detc", bytes => [.. bytes, 0, 0, 0, 0]), ModelErrorCode.WrongLength, "detc: ");
    }

    [Fact]
    public void Targets_may_be_left_out_only_where_there_are_channels_enough()
    {
        Refusal.Expect(WithList("targets", 7, 0), ModelErrorCode.BadValue, "expected Targets");
    }

    [Fact]
    public void Settings_that_would_keep_too_much_are_refused()
    {
        // 1024 answers of 65535 features are more than 2^22 numbers.
        byte[] wide = Converter.Emit.ErnnWriter.Write(new Converter.Graph.RecurrentGraph
        {
            Name = "wide",
            Main = new Converter.Graph.Subgraph { InputSize = 65535, Nodes = [], Outputs = [new(0, 0, 65535)] },
        });
        byte[] file = Converter.Emit.DetectorSection.Write(wide, new DetectorSettings { Lead = 64 });
        Refusal.Expect(ErnnEdit.With(file, "detc.lead", 65), ModelErrorCode.LimitExceeded, "detc: the detector would keep");
    }

    // Some numbers of a list taken from its front, some zeros put there, and its length made right.
    private static byte[] WithList(string list, int removed, int added)
    {
        byte[] file = ValidDetectors.Forecast;
        int start = ErnnEdit.Sections(file).Single(section => section.Tag == "detc").Start, at = FieldMap.Of(file)[$"detc.{list}.length"].Offset - start;
        return ErnnEdit.WithSection(file, "detc", payload =>
        {
            int length = BitConverter.ToInt32(payload, at) - removed + added;
            return [.. payload[..at], .. BitConverter.GetBytes(length), .. new byte[4 * added], .. payload[(at + 4 + 4 * removed)..]];
        });
    }

    private static void Accept(string file, string field, long value)
    {
        byte[] changed = ErnnEdit.With(ValidFiles.Named(file), "detc." + field, value);
        _ = new Detector(Model.Load(changed));
        SecondReader.Read(changed);
    }

    private static void Expect(string file, string field, long value, string words) =>
        Refusal.Expect(ErnnEdit.With(ValidFiles.Named(file), "detc." + field, value), ModelErrorCode.BadValue, words);
}

using System;
using System.Linq;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>Section detc, read by FORMAT.md alone.</summary>
internal sealed record SecondDetector
{
    public const int Forecast = 1, Reconstruction = 2, Confidence = 3, Level = 4;

    private const int MostSteps = 1 << 20, MostKept = 1 << 22;
    private const float Unit = 1f / 65536, Largest = 16383;

    /// <summary>All of the section behind its version.</summary>
    public byte[] Fields { get; private init; } = [];

    public int Kind { get; private init; }

    public int Lead { get; private init; }

    public bool AddsLevel { get; private init; }

    public bool NormalisesChannels { get; private init; }

    public bool SmoothsChannels { get; private init; }

    public int WarmUpSteps { get; private init; }

    public int ChannelSteps { get; private init; }

    public int ThresholdSteps { get; private init; }

    public int Threshold { get; private init; }

    public float ThresholdLevel { get; private init; }

    public int History { get; private init; }

    public bool IsTwoSided { get; private init; }

    public int VoteWindow { get; private init; }

    public int HoldOffSteps { get; private init; }

    public int[] StuckSteps { get; private init; } = [];

    public int FlatSteps { get; private init; }

    public float[] FlatRange { get; private init; } = [];

    public float[] SpikeStep { get; private init; } = [];

    public int MaxSubstituted { get; private init; }

    public int RecoverySteps { get; private init; }

    /// <summary>Reads the section.</summary>
    /// <param name="cursor">Stands at its start.</param>
    /// <param name="payload">The same bytes.</param>
    /// <param name="model">The model, read and checked.</param>
    public static SecondDetector Read(SecondCursor cursor, byte[] payload, SecondModel model)
    {
        Must(cursor.I32() == 1, "version is 1");
        int inputs = model.Main.InputSize, frame = model.FrameSize, frames = model.FramesPerAnswer;
        int kind = cursor.I32(1, 4, "kind"), lead = cursor.I32(), normal = cursor.I32();
        if (kind == Forecast) Must(lead is >= 1 and <= 1024, "lead of a forecast");
        if (kind == Reconstruction) Must(lead >= -1024 && lead <= 1 - frames, "lead of a reconstruction");
        if (kind == Confidence) Must(normal >= -1 && normal < frame, "normalClass");
        bool addsLevel = Flag(cursor);
        int[] targets = Ints(cursor);
        if (kind is Forecast or Reconstruction)
        {
            Must(targets.Length == 0 ? frame <= inputs : targets.Length == frame, "targets");
            Must(targets.All(target => target >= 0 && target < inputs), "a target is a channel");
        }
        int channels = kind switch { Confidence => 1, Level => inputs, _ => frame + (addsLevel ? inputs : 0) };
        bool normalises = Flag(cursor);
        All(Floats(cursor), 0, 1024, "weights", 0, channels);
        float clip = cursor.FiniteF32("errorClip");
        Must(clip == 0 || (clip >= Unit && clip <= Largest), "errorClip");
        int combination = cursor.I32(1, 4, "combination");
        Must(combination != 4 || channels <= 64, "channels of a distance");
        All(Floats(cursor), -1024, 1024, "whitening", combination == 4 ? channels * (channels + 1) / 2 : 0);
        Flag(cursor);
        Within(cursor, Unit, 1, "smoothing");
        bool smooths = Flag(cursor);
        int warmUp = cursor.I32(-1, MostSteps, "warmUpSteps"), channelSteps = cursor.I32();
        Must(!normalises || channelSteps is >= 2 and <= 1 << 14, "channelSteps");
        int steps = cursor.I32(2, MostSteps, "thresholdSteps"), threshold = cursor.I32(1, 6, "threshold");
        float level = ReadLevel(cursor, threshold, steps);
        Within(cursor, 1f / 256, 256, "factor");
        float risk = cursor.FiniteF32("risk");
        Must(threshold is not (4 or 5) || (risk >= 1e-9f && risk <= 1 - level), "risk");
        int history = cursor.I32();
        Must(threshold is not (5 or 6) || history is >= 2 and <= 4096, "history");
        Must(threshold != 5 || history <= steps - 2, "history of a normal period");
        Must(threshold is not (4 or 5) || Kept(level, steps - (threshold == 5 ? history : 0)) <= 256, "peaks kept");
        float pruning = cursor.FiniteF32("pruning");
        Must(threshold != 6 || (pruning >= 0 && pruning <= 1), "pruning");
        bool isTwoSided = Flag(cursor);
        Within(cursor, 0, 1, "adaptation");
        Within(cursor, 0, 100, "adaptationClip");
        Within(cursor, 1, 256, "adaptationLimit");
        int votes = cursor.I32(), window = cursor.I32(1, 32, "voteWindow");
        Must(votes >= 1 && votes <= window, "votes");
        Within(cursor, 1f / 256, 1, "hysteresis");
        cursor.I32(1, MostSteps, "clearSteps");
        int holdOff = cursor.I32(0, MostSteps, "holdOffSteps");
        int mostAlarm = cursor.I32(0, MostSteps, "maxAlarmSteps");
        Must(!Flag(cursor) || mostAlarm == 0, "a latching alarm lasts");

        float[] lowest = Floats(cursor), highest = Floats(cursor);
        Must(lowest.Length == 0 || lowest.Length == inputs, "lowest");
        Must(highest.Length == 0 || highest.Length == inputs, "highest");
        Must(lowest.Length == 0 || highest.Length == 0 || lowest.Zip(highest).All(pair => pair.First <= pair.Second), "highest is not below lowest");
        int[] stuck = Ints(cursor);
        Must(stuck.Length == 0 || (stuck.Length == inputs && stuck.All(limit => limit is >= 0 and <= MostSteps)), "stuckSteps");
        int flat = cursor.I32(0, MostSteps, "flatSteps");
        Must(flat != 1, "flatSteps is 0 or at least 2");
        float[] range = Floats(cursor), spike = Floats(cursor);
        All(range, -1, float.MaxValue, "flatRange", flat == 0 ? 0 : inputs);
        All(spike, 0, float.MaxValue, "spikeStep", 0, inputs);
        cursor.I32(1, 3, "substitution");
        Within(cursor, Unit, 1, "decayRate");
        int most = cursor.I32(0, MostSteps, "maxSubstituted"), recovery = cursor.I32(-1, MostSteps, "recoverySteps");
        int period = cursor.I32(0, (1 << 30) - 1, "periodMs");
        cursor.I32(0, period, "lateMs");
        cursor.AtEnd("detc");
        SecondDetector read = new()
        {
            Fields = payload[4..],
            Kind = kind,
            Lead = lead,
            AddsLevel = addsLevel,
            NormalisesChannels = normalises,
            SmoothsChannels = smooths,
            WarmUpSteps = warmUp,
            ChannelSteps = channelSteps,
            ThresholdSteps = steps,
            Threshold = threshold,
            ThresholdLevel = level,
            History = history,
            IsTwoSided = isTwoSided,
            VoteWindow = window,
            HoldOffSteps = holdOff,
            StuckSteps = stuck,
            FlatSteps = flat,
            FlatRange = range,
            SpikeStep = spike,
            MaxSubstituted = most,
            RecoverySteps = recovery,
        };
        if (kind == Forecast) Must(read.KeptAnswers(model) * frames * frame <= MostKept, "the answers kept");
        if (kind == Reconstruction) Must((1L - lead) * inputs <= MostKept, "the samples kept");
        return read;
    }

    /// <summary>Channels of the score.</summary>
    public int Channels(SecondModel model) => Kind switch { Confidence => 1, Level => model.Main.InputSize, _ => model.FrameSize + (AddsLevel ? model.Main.InputSize : 0) };

    /// <summary>K: answers a forecast keeps.</summary>
    public long KeptAnswers(SecondModel model)
    {
        long period = model.Window == null || model.Window.Answer == SecondWindow.EveryStep
            ? SecondRates.Joint(model.Main.Outputs, SecondRates.Of(model.Main)).Period
            : model.Window.Hop;
        return (Lead + model.FramesPerAnswer - 1L + period - 1) / period;
    }

    /// <summary>Scores kept for a quantile of so many.</summary>
    public static int Kept(float level, int steps) => steps - (int)Math.Floor((double)level * (steps - 1));

    private static float ReadLevel(SecondCursor cursor, int threshold, int steps)
    {
        float level = cursor.FiniteF32("level");
        (float least, float most) = threshold switch { 1 => (0, Largest), 2 => (0, 1), 3 => (0, 1000), 4 or 5 => (0.5f, 0.9999f), _ => (0f, 100f) };
        Must(level >= least && level <= most, "level");
        Must(threshold != 2 || Kept(level, steps) <= 1024, "scores a quantile keeps");
        return level;
    }

    private static bool Flag(SecondCursor cursor) => cursor.I32(0, 1, "flag") == 1;

    private static void Within(SecondCursor cursor, float least, float most, string name)
    {
        float value = cursor.FiniteF32(name);
        Must(value >= least && value <= most, name);
    }

    private static void All(float[] values, float least, float most, string name, params int[] lengths)
    {
        Must(lengths.Contains(values.Length), "length of " + name);
        Must(values.All(value => value >= least && value <= most), name);
    }

    private static float[] Floats(SecondCursor cursor) => cursor.FiniteF32s(cursor.I32(0, 65535, "length of a list"), "list");

    private static int[] Ints(SecondCursor cursor) => Array.ConvertAll(cursor.Bytes(4 * cursor.I32(0, 65535, "length of a list")).Chunk(4).ToArray(), bytes => BitConverter.ToInt32(bytes));
}

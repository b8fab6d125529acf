using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware.Pi;

/// <summary>What kind of thing happened in the loop.</summary>
internal enum LoopEventKind
{
    /// <summary>An alarm began.</summary>
    AlarmBegan,

    /// <summary>An alarm ended.</summary>
    AlarmEnded,

    /// <summary>The sensor says something else than before.</summary>
    SensorStatus,
}

/// <summary>Something that happened in the loop, in a slot that is used again.</summary>
/// <param name="channels">How many channels the detector's score has.</param>
internal sealed class LoopEvent(int channels)
{
    private readonly int[] _shares = new int[channels];

    /// <summary>What happened.</summary>
    public LoopEventKind Kind { get; private set; }

    /// <summary>When, in microseconds of the loop's clock.</summary>
    public long AtMicros { get; private set; }

    /// <summary>The score.</summary>
    public float Score { get; private set; }

    /// <summary>The threshold.</summary>
    public float Threshold { get; private set; }

    /// <summary>What the sensor said: a <see cref="Hardware.SensorStatus"/>.</summary>
    public int SensorStatus { get; private set; }

    /// <summary>Each channel's share of the score, in percent.</summary>
    public ReadOnlySpan<int> Shares => _shares;

    /// <summary>Takes what is now; allocates nothing.</summary>
    public void Fill(SensorLoop loop, LoopEventKind kind, long atMicros)
    {
        Detector detector = loop.Detector;
        Kind = kind;
        AtMicros = atMicros;
        Score = detector.Score;
        Threshold = detector.Threshold;
        SensorStatus = loop.LastSensorStatus;
        for (int i = 0; i < _shares.Length; i++) _shares[i] = detector.SharePercent(i);
    }
}

extern alias portable;

using System.Globalization;
using System.Linq;
using System.Text;
using EdgeRnn.Simulator;
using P = portable::EdgeRnn.Firmware;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>What a loop does, as text that is compared character by character: scores and thresholds as the bits of their numbers.</summary>
internal sealed class LoopTrace : ILoopListener, P.ILoopListener
{
    private readonly StringBuilder _text = new();

    /// <summary>Steps at which there was an alarm.</summary>
    public int AlarmSteps { get; private set; }

    public void BeforeStep(SensorLoop loop)
    {
    }

    public void BeforeStep(P.SensorLoop loop)
    {
    }

    public void OnStep(SensorLoop loop, bool hasSample) => Step(loop.NowMicros, hasSample, loop.Detector.ScoreBits, loop.Detector.ThresholdBits,
        (int)loop.Detector.State, loop.Detector.IsAlarming, [.. Enumerable.Range(0, loop.Detector.ChannelCount).Select(loop.Detector.SharePercent)]);

    public void OnSensor(SensorLoop loop, int status) => Sensor(loop.NowMicros, status);

    public void OnStep(P.SensorLoop loop, bool hasSample) => Step(loop.NowMicros, hasSample, loop.Detector.ScoreBits, loop.Detector.ThresholdBits,
        (int)loop.Detector.State, loop.Detector.IsAlarming, [.. Enumerable.Range(0, loop.Detector.ChannelCount).Select(loop.Detector.SharePercent)]);

    public void OnSensor(P.SensorLoop loop, int status) => Sensor(loop.NowMicros, status);

    /// <summary>All of it: steps, then report lines, edges of pins, and what was stored.</summary>
    public string Text(PumpBoard board, MemoryStorage storage, string lines)
    {
        StringBuilder all = new(_text.ToString());
        all.Append(lines);
        foreach (int pin in new[] { PumpBoard.AlarmPin, PumpBoard.LedPin })
            foreach ((long at, bool isHigh) in board.Board.Pin(pin).Edges) all.Append(CultureInfo.InvariantCulture, $"pin {pin} {at} {isHigh}\n");
        for (int slot = 0; slot < 2; slot++) all.Append(CultureInfo.InvariantCulture, $"slot {slot} {System.Convert.ToHexString(storage[slot] ?? [])}\n");
        return all.ToString();
    }

    private void Step(long at, bool hasSample, int score, int threshold, int state, bool isAlarming, int[] shares)
    {
        if (isAlarming) AlarmSteps++;
        _text.Append(CultureInfo.InvariantCulture, $"step {at} {hasSample} {score:X8} {threshold:X8} {state} {isAlarming} {string.Join(' ', shares)}\n");
    }

    private void Sensor(long at, int status) => _text.Append(CultureInfo.InvariantCulture, $"sensor {at} {status}\n");
}

using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware;

/// <summary>
/// Which part of a score each of the network's inputs has. A detector's channels are what it compares: the inputs it forecasts or gives
/// back, their levels, or a verdict that belongs to none. Allocates nothing after its creation.
/// </summary>
public sealed class InputShares
{
    private readonly Detector _detector;
    private readonly int[] _inputOfChannel; // [ChannelCount]; negative: none

    /// <summary>Shares of a detector.</summary>
    /// <param name="detector">Whose score it is.</param>
    /// <param name="settings">What the detector was made with; not kept.</param>
    public InputShares(Detector detector, DetectorSettings settings)
    {
        _detector = detector;
        int inputs = detector.Model.InputSize, frame = detector.Model.FrameSize;
        _inputOfChannel = new int[detector.ChannelCount];
        for (int i = 0; i < _inputOfChannel.Length; i++)
        {
            int input = settings.Kind == ScoreKind.Confidence ? -1
                : settings.Kind == ScoreKind.Level ? i
                : i >= frame ? i - frame
                : settings.Targets.Length > 0 ? settings.Targets[i] : i;
            _inputOfChannel[i] = input < inputs ? input : -1;
        }
    }

    /// <summary>The shares of the last step.</summary>
    /// <param name="percent">[inputSize], receives 0 to 100 each; all 0 where the score belongs to no input.</param>
    public void CopyTo(int[] percent)
    {
        Array.Clear(percent);
        for (int i = 0; i < _inputOfChannel.Length; i++)
            if (_inputOfChannel[i] >= 0) percent[_inputOfChannel[i]] += _detector.SharePercent(i);
    }
}

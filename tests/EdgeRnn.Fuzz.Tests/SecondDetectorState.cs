using System;
using System.Linq;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>Accepts a detector's saved state by FORMAT.md alone.</summary>
internal sealed class SecondDetectorState
{
    private const int Score = 1 << 30, Unit = 1 << 20;
    private const long Average = 1L << 46;

    private readonly SecondModel _model;
    private readonly SecondDetector _settings;
    private readonly bool _counts;
    private readonly SecondCursor _cursor;

    private SecondDetectorState(SecondCursor cursor, SecondModel model, bool counts)
    {
        _cursor = cursor;
        _model = model;
        _settings = model.Detector!;
        _counts = counts;
    }

    private int Inputs => _model.Main.InputSize;

    private int Channels => _settings.Channels(_model);

    private int Frames => _model.FramesPerAnswer;

    /// <summary>Reads a state.</summary>
    /// <param name="state">All of it.</param>
    /// <param name="model">A model with section detc.</param>
    /// <param name="counts">Whether the detector was made for counts.</param>
    public static void Read(byte[] state, SecondModel model, bool counts)
    {
        SecondCursor cursor = new(state, 0, state.Length);
        Must(cursor.Bytes(4).AsSpan().SequenceEqual("ERSD"u8), "magic is ERSD");
        Must(cursor.I32() == 1, "version is 1");
        Must(cursor.I32() == state.Length, "length counts everything");
        Must(cursor.U32() == SecondReader.Crc32((byte[])[.. model.Detector!.Fields, counts ? (byte)1 : (byte)0, 0, 0, 0]), "settingsId");
        int session = cursor.I32(), ints = cursor.I32(), floats = cursor.I32();
        Must(floats == (counts ? 0 : model.Main.InputSize), "floatCount");
        SecondState.Read(cursor.Bytes(session), model);
        int start = cursor.Position;
        new SecondDetectorState(cursor, model, counts).ReadParts();
        Must(cursor.Position - start == 4L * ints, "intCount is what the parts need");
        cursor.FiniteF32s(floats, "readings");
        Must(cursor.U32() == SecondReader.Crc32(state.AsSpan(0, state.Length - 4)), "checksum");
        cursor.AtEnd("the state");
    }

    private void ReadParts()
    {
        ReadTally();
        ReadGuard();
        if (_counts) _cursor.Bytes(4 * Inputs);
        if (_settings.Kind == SecondDetector.Forecast)
        {
            long kept = _settings.KeptAnswers(_model);
            Each(kept, () => _cursor.I32(-1, _settings.Lead + Frames - 2, "age"));
            Each(kept * Frames * _model.FrameSize, () => _cursor.I32(-Score, Score, "answer"));
        }
        if (_settings.Kind == SecondDetector.Reconstruction)
        {
            int kept = 1 - _settings.Lead;
            _cursor.I32(0, kept - 1, "ring position");
            _cursor.I32(0, kept, "samples seen");
            Each(kept * Inputs, () => _cursor.I32(-Score, Score, "sample"));
        }
        if (_settings.NormalisesChannels) ReadScale();
        if (_settings.SmoothsChannels) ReadAverages(Channels);
        ReadAverages(1 + Channels);
        ReadLimit();
        uint votes = (uint)_cursor.I32();
        Must(_settings.VoteWindow == 32 || votes < 1u << _settings.VoteWindow, "votes");
        _cursor.I32(0, 1, "alarm");
        Count();
        _cursor.I32(0, _settings.HoldOffSteps, "hold-off");
        Each(3, Count);
    }

    private void ReadTally()
    {
        long most = 1 << 30, measured = _model.Plan[4];
        long warmUp = Math.Min(most, _settings.WarmUpSteps < 0 ? measured : _settings.WarmUpSteps), recovery = Math.Min(most, _settings.RecoverySteps < 0 ? measured : _settings.RecoverySteps);
        long stays = 0;
        if (_model.Window is { Endless: false, CarriesState: false } window)
            stays = window.WindowLength + (window.StepsPerTick == 0 ? 1 : (window.DecoderSteps + window.StepsPerTick - 1) / window.StepsPerTick) - 1;
        long start = Settled(warmUp), again = Settled(Math.Max(Math.Max(recovery, 1), stays));
        _cursor.I32(0, 4, "state");
        _cursor.I32(0, (int)Math.Max(start, again), "steps until settled");
        _cursor.I32(0, 1, "disturbed");
        _cursor.I32(0, (int)(_settings.MaxSubstituted + 2 * Math.Min(again, Unit) + 1), "disturbed steps");
        Each(3, Count);
        _cursor.I32(0, 1, "has time");
        _cursor.I32();
        _cursor.I32(0, 1, "has score");
        _cursor.I32(0, Score, "latest score");
        _cursor.I32(0, 1, "blind");
    }

    private long Settled(long network) => _settings.Kind switch
    {
        SecondDetector.Forecast => network + _settings.Lead + Frames - 2,
        SecondDetector.Reconstruction => Math.Max(network, -_settings.Lead),
        _ => network,
    };

    private void ReadGuard()
    {
        for (int i = 0; i < Inputs; i++)
        {
            int kind = _cursor.I32(0, 8, "fault"), steps = _cursor.I32(0, _settings.MaxSubstituted + 1, "faulty samples");
            Must((kind == 0) == (steps == 0), "a fault has steps");
        }
        foreach (int limit in _settings.StuckSteps)
        {
            Reading();
            _cursor.I32(0, limit == 0 ? 0 : limit + 1, "times a reading came");
        }
        for (int i = 0; i < _settings.FlatRange.Length; i++)
        {
            long smallest = Reading(), largest = Reading(), range = largest - smallest;
            Must(range == 0 || (range > 0 && range <= Range(i)), "range of a flat line");
            _cursor.I32(0, _settings.FlatSteps, "readings of a flat line");
        }
        foreach (float _ in _settings.SpikeStep)
        {
            Reading();
            Reading();
            Must(_cursor.I32() is 0 or 1 or 3, "what is known of a spike");
        }
    }

    private long Range(int channel)
    {
        float range = _settings.FlatRange[channel];
        if (range < 0) return -1;
        if (_counts) return (long)Math.Min(Math.Floor(range), 1L << 60);
        double inverse = _model.Input is { } input && input.InverseScale[channel] != 0 ? Math.Abs((double)input.InverseScale[channel]) : 1;
        return (long)Math.Min(Math.Floor(range * (inverse * Unit)), 1L << 60) + 1;
    }

    private void ReadScale()
    {
        long learnt = _cursor.I32(0, _settings.ChannelSteps, "steps learnt");
        long mean = learnt == _settings.ChannelSteps ? 1L << 24 : learnt << 24, other = learnt == _settings.ChannelSteps ? 1L << 30 : learnt << 48;
        Each(Channels, () => Long(-mean, mean, "mean"));
        Each(Channels, () => Long(0, other, "deviation"));
    }

    private void ReadAverages(int count)
    {
        _cursor.I32(0, 65536, "values seen");
        Each(count, () => Long(-Average, Average, "average"));
    }

    private void ReadLimit()
    {
        int steps = _settings.Threshold == 1 ? 0 : _settings.ThresholdSteps, learnt = _cursor.I32(-1, Math.Max(0, steps - 1), "scores learnt");
        Each(_settings.IsTwoSided ? 2 : 1, () =>
        {
            if (_settings.Threshold == 2) ReadQuantile(learnt);
            if (_settings.Threshold == 3) ReadSigma(learnt);
            if (_settings.Threshold == 4) ReadTail(learnt, steps);
            if (_settings.Threshold == 5)
            {
                long sum = ReadWindow(learnt);
                Must(_cursor.I64() == sum, "the sum of the window");
                ReadTail(learnt < 0 ? -1 : Math.Max(0, learnt - _settings.History), steps - _settings.History);
            }
            if (_settings.Threshold == 6)
            {
                ReadWindow(learnt);
                _cursor.I32(-Score, Score, "threshold");
            }
        });
    }

    private void ReadQuantile(int learnt)
    {
        int most = SecondDetector.Kept(_settings.ThresholdLevel, _settings.ThresholdSteps);
        int[] scores = Ints(most);
        int kept = _cursor.I32();
        Must(kept == (learnt < 0 ? most : Math.Min(most, learnt)), "scores kept");
        Ascending(scores, kept);
        _cursor.I32(-Score, Score, "quantile");
        Long(-Average, Average, "threshold");
    }

    private void ReadSigma(int learnt)
    {
        const int Most = 1 << 14;
        long count = learnt < 0 ? _cursor.I32(1, Unit, "scores counted")
            : learnt > Most ? _cursor.I32(Most / 2 + 1, Most, "scores counted") : _cursor.I32(learnt, learnt, "scores counted");
        long mean = learnt < 0 ? 1L << 40 : count << 24;
        Long(-mean, mean, "sum");
        Long(0, learnt < 0 ? 1L << 60 : count << 48, "squares");
        _cursor.I32(-Score, Score, "threshold learnt");
        _cursor.I32(-Score, Score, "threshold");
    }

    private long ReadWindow(int learnt)
    {
        int history = _settings.History;
        int[] scores = Ints(history);
        Must(scores.All(score => Math.Abs((long)score) <= Score), "scores of a window");
        int count = learnt < 0 ? _cursor.I32(1, history, "scores of a window") : _cursor.I32(Math.Min(learnt, history), Math.Min(learnt, history), "scores of a window");
        int next = _cursor.I32(0, history - 1, "place in a window");
        Must(count == history || next == count, "place in a window that is not full");
        return scores.Take(count).Sum(score => (long)score);
    }

    private void ReadTail(int learnt, int steps)
    {
        const int Places = 256;
        int[] places = Ints(Places), after = Ints(9);
        int kept = after[0];
        if (learnt >= 0)
        {
            Must(kept == Math.Min(learnt, SecondDetector.Kept(_settings.ThresholdLevel, steps)), "scores kept");
            Ascending(places, kept);
            Must(after[1..].All(number => number == 0), "nothing is known of a tail yet");
            return;
        }
        Must(kept is >= 0 and <= Places && places.Take(kept).All(excess => excess != 0 && Math.Abs((long)excess) <= Score), "excesses");
        Must(after[1] is >= 1 and < 1 << 29 && after[2] is >= 0 and < 512 && after[2] <= after[1], "scores and peaks");
        Must(after[3] is >= 0 and <= Places && after[4] is >= 0 and < Places, "new peaks and the oldest");
        Must(Math.Abs((long)after[5]) <= Score && after[6] is >= 1 and <= Score && after[7] is >= 1 and <= Score, "bounds");
        Must(after[8] is 0 or 1, "beyond bit");
    }

    private static void Ascending(int[] scores, int kept)
    {
        for (int i = 0; i < kept; i++) Must(Math.Abs((long)scores[i]) <= Score && (i == 0 || scores[i] >= scores[i - 1]), "scores are ascending");
    }

    private int[] Ints(int count) => [.. Enumerable.Range(0, count).Select(_ => _cursor.I32())];

    private long Reading() => Long(-(1L << 60), 1L << 60, "reading");

    private void Count() => _cursor.I32(0, int.MaxValue, "count");

    private long Long(long least, long most, string name)
    {
        long value = _cursor.I64();
        Must(value >= least && value <= most, name + " is in range");
        return value;
    }

    private static void Each(long count, Action read)
    {
        for (long i = 0; i < count; i++) read();
    }

    private static void Each(long count, Func<long> read) => Each(count, () => { read(); });
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>
/// What a detector compares, against a plain computation from the answers of Session.Step: every sample and answer is kept, and errors are
/// looked up. Without averaging the parts of a summed score are the magnitudes of the errors, exactly.
/// </summary>
public sealed class ErrorSourceTests
{
    private const int Steps = 90, One = 1 << 16;

    public static TheoryData<string, ScoreKind, int, bool> Cases
    {
        get
        {
            (string, ScoreKind, int)[] cases =
            [
                ("gru reset after", ScoreKind.Forecast, 1),
                ("gru reset after", ScoreKind.Forecast, 7),
                ("preprocessing and standardiser", ScoreKind.Forecast, 2),
                ("conv strided twice", ScoreKind.Forecast, 1),
                ("conv strided twice", ScoreKind.Forecast, 20),
                ("window, last step, overlapping", ScoreKind.Forecast, 3),
                ("window, every step", ScoreKind.Forecast, 1),
                ("forecaster, autoregressive, endless", ScoreKind.Forecast, 1),
                ("forecaster, autoregressive, endless", ScoreKind.Forecast, 5),
                ("window, all steps, read backwards", ScoreKind.Forecast, 2),
                ("gru reset after", ScoreKind.Reconstruction, 0),
                ("gru reset after", ScoreKind.Reconstruction, -9),
                ("window, all steps, read backwards", ScoreKind.Reconstruction, -5),
                ("autoencoder, repeat, reversed target", ScoreKind.Reconstruction, -4),
                ("autoencoder, overlapping, spread", ScoreKind.Reconstruction, -7),
                ("embedding, softmax and argmax", ScoreKind.Confidence, -1),
                ("embedding, softmax and argmax", ScoreKind.Confidence, 2),
                ("preprocessing and standardiser", ScoreKind.Level, 0),
            ];
            TheoryData<string, ScoreKind, int, bool> data = [];
            foreach ((string name, ScoreKind kind, int lead) in cases)
            {
                foreach (string scheme in new[] { "", ", w8a16" })
                {
                    data.Add(name + scheme, kind, lead, false);
                    if (kind is ScoreKind.Forecast or ScoreKind.Reconstruction) data.Add(name + scheme, kind, lead, true);
                }
            }
            return data;
        }
    }

    // lead is the normal class of a confidence.
    [Theory, MemberData(nameof(Cases))]
    public void Errors_are_those_of_a_plain_computation(string name, ScoreKind kind, int lead, bool addLevel)
    {
        Model model = Specimens.Load(name);
        DetectorSettings settings = Settings(model, kind, lead, addLevel);
        Detector detector = new(model, settings, false);
        Plain plain = new(model, settings);
        int compared = 0;
        foreach (float[] sample in Specimens.Signal(model, Steps))
        {
            detector.Step(sample, 0);
            int[]? expected = plain.Step(sample);
            if (expected == null) continue;
            compared++;
            Assert.Equal(expected.Select(error => (float)Math.Abs(error) / One), Enumerable.Range(0, detector.ChannelCount).Select(detector.Part));
            Assert.Equal(Math.Min(expected.Sum(error => (long)Math.Abs(error)), 1 << 30), detector.ScoreBits);
        }
        Assert.True(compared > 3, $"only {compared} answers were compared");
        Assert.True(detector.HasScore);
    }

    [Theory]
    [InlineData("gru reset after")]
    [InlineData("forecaster, autoregressive, endless, w8a16")]
    public void Averaged_channels_are_averages_of_signed_errors(string name)
    {
        const float Weight = 0.125f;
        Model model = Specimens.Load(name);
        DetectorSettings settings = Settings(model, ScoreKind.Forecast, 1, addLevel: true);
        settings.SmoothChannels = true;
        settings.Smoothing = Weight;
        Detector detector = new(model, settings, false);
        Plain plain = new(model, settings);
        double[] averages = new double[detector.ChannelCount];
        int count = 0;
        foreach (float[] sample in Specimens.Signal(model, Steps))
        {
            detector.Step(sample, 0);
            if (plain.Step(sample) is not { } errors) continue;
            double weight = Math.Max(Weight, 1.0 / ++count);
            // Sums of 16 fraction bits more than a score's round by less than one unit of a score in all.
            for (int i = 0; i < errors.Length; i++)
            {
                averages[i] += weight * (errors[i] - averages[i]);
                Assert.Equal(Math.Abs(averages[i]), (double)(detector.Part(i) * One), 2.0);
            }
        }
        Assert.True(count > 20);
    }

    private static DetectorSettings Settings(Model model, ScoreKind kind, int lead, bool addLevel) => new()
    {
        Kind = kind,
        Lead = kind is ScoreKind.Forecast or ScoreKind.Reconstruction ? lead : 1,
        NormalClass = kind == ScoreKind.Confidence ? lead : -1,
        AddLevel = addLevel,
        Targets = kind is ScoreKind.Forecast or ScoreKind.Reconstruction
            ? [.. Enumerable.Range(0, model.FrameSize).Select(feature => (2 * feature + 1) % model.InputSize)]
            : [],
        Smoothing = 1,
        Threshold = ThresholdMethod.Fixed,
        Level = 16_000,
    };

    /// <summary>Keeps everything.</summary>
    private sealed class Plain(Model model, DetectorSettings settings)
    {
        private readonly Session _session = new(model);
        private readonly List<int[]> _samples = [];
        private readonly List<(int Step, int[] Answer)> _answers = [];

        public int[]? Step(float[] sample)
        {
            int now = _samples.Count;
            float[] answer = new float[model.OutputSize];
            bool answers = (_session.Step(sample, 0, answer, 0) & StepStatus.OutputReady) != 0;
            _samples.Add([.. sample.Select(Standardised).Select(x => Fixed(x))]);
            int[]? errors = Errors(now, answers ? [.. answer.Select(y => Fixed(y))] : null);
            if (answers) _answers.Add((now, [.. answer.Select(y => Fixed(y))]));
            return errors == null || !settings.AddLevel ? errors : [.. errors, .. _samples[now]];
        }

        private int[]? Errors(int now, int[]? answer) => settings.Kind switch
        {
            ScoreKind.Level => _samples[now],
            ScoreKind.Confidence => answer == null ? null : [One - (settings.NormalClass < 0 ? answer[^model.FrameSize..].Max() : answer[^model.FrameSize..][settings.NormalClass])],
            ScoreKind.Forecast => Forecast(now),
            _ => answer == null || now + settings.Lead < 0 ? null : Reconstruction(now, answer),
        };

        private int[]? Forecast(int now)
        {
            int[][] met = [.. from pair in _answers
                              from frame in Enumerable.Range(0, model.FramesPerAnswer)
                              where pair.Step + settings.Lead + frame == now
                              select Frame(pair.Answer, frame)];
            if (met.Length == 0) return null;
            return [.. Enumerable.Range(0, model.FrameSize).Select(i => met.Sum(frame => _samples[now][settings.Targets[i]] - frame[i]) / met.Length)];
        }

        private int[] Reconstruction(int now, int[] answer)
        {
            int[] Differences(int feature) => [.. Enumerable.Range(0, model.FramesPerAnswer)
                .Select(frame => _samples[now + settings.Lead + frame][settings.Targets[feature]] - Frame(answer, frame)[feature])];

            return [.. Enumerable.Range(0, model.FrameSize).Select(i => Differences(i))
                .Select(differences => differences.Length == 1 ? differences[0] : (int)(differences.Sum(d => (long)Math.Abs(d)) / differences.Length))];
        }

        private int[] Frame(int[] answer, int frame) => answer[(frame * model.FrameSize)..((frame + 1) * model.FrameSize)];

        private float Standardised(float x, int channel)
        {
            if (model.InputMean != null)
            {
                x = (x - model.InputMean[channel]) * model.InputInverseScale![channel];
                if (model.InputClip != 0) x = Math.Clamp(x, -model.InputClip, model.InputClip);
            }
            if (!model.IsQuantized) return x;
            double unit = Math.ScaleB(1, model.InputFractionBits);
            return (float)(Math.Clamp(Math.Floor(x * unit + 0.5), -32767, 32767) / unit);
        }

        private static int Fixed(double value) => (int)Math.Floor(value * One + 0.5);
    }
}

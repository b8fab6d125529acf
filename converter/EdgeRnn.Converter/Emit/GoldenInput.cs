using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>
/// The numbers golden steps are fed, over and over where there are more steps: rows of a recording, or seeded noise, and at their
/// end a few rows of extremes.
/// </summary>
internal sealed class GoldenInput
{
    /// <summary>The most rows that are stored.</summary>
    public const int MaxRows = 32;

    private const int MaxExtremes = 4;
    private const int Seed = 20260311;
    private const double FloatReach = 4; // standard deviations, where nothing in the model says more

    private readonly Model _model;
    private readonly int[] _vocabulary; // [inputSize], of the embedding that reads the feature; 0 for numbers
    private readonly Random _random = new(Seed);

    /// <param name="model">The model.</param>
    /// <param name="recorded">[steps][inputSize] raw, or null.</param>
    /// <param name="maxNumbers">The most numbers there may be; at least 1.</param>
    public GoldenInput(Model model, float[][]? recorded, int maxNumbers)
    {
        _model = model;
        _vocabulary = new int[model.InputSize];
        FindVocabularies();
        Reach = model.IsQuantized ? Math.ScaleB(QuantizedLimits.MaxValue, -model.InputFractionBits)
            : model.InputClip > 0 ? model.InputClip : FloatReach;
        int rows = Math.Clamp(maxNumbers / model.InputSize, 1, MaxRows);
        Numbers = [.. Rows(recorded, rows).SelectMany(row => row).Take(maxNumbers)];
    }

    /// <summary>Raw input: feature i of step t is number (t * inputSize + i) mod their count.</summary>
    public float[] Numbers { get; }

    /// <summary>The largest magnitude of a standardised number.</summary>
    public double Reach { get; }

    /// <summary>Whether a feature holds the index of a row in a table.</summary>
    public bool IsIndex(int feature) => _vocabulary[feature] > 0;

    /// <summary>Rows of the table a feature indexes; 0 for numbers.</summary>
    public int RowsOfTable(int feature) => _vocabulary[feature];

    /// <summary>The numbers in the format of a quantized model's input, as <see cref="Session.Step(float[], int, float[], int)"/>
    /// rounds them.</summary>
    public short[] ToIntegers() => [.. Numbers.Select((number, at) => Round(Standardise(number, at % _model.InputSize)))];

    private float Standardise(float number, int feature)
    {
        if (_model.InputMean == null) return number;
        float centred = number - _model.InputMean[feature];
        float scaled = centred * _model.InputInverseScale![feature];
        return _model.InputClip > 0 ? Math.Clamp(scaled, -_model.InputClip, _model.InputClip) : scaled;
    }

    private short Round(float standardised) => (short)Math.Clamp(Math.Floor(standardised * _model.InputScale + 0.5),
        -QuantizedLimits.MaxValue, QuantizedLimits.MaxValue);

    /// <summary>Raw from standard units; a channel whose scale is 0 is constant.</summary>
    public float Raw(double standardised, int feature)
    {
        if (_model.InputMean == null) return (float)standardised;
        float inverseScale = _model.InputInverseScale![feature];
        double raw = inverseScale == 0 ? _model.InputMean[feature] : _model.InputMean[feature] + standardised / inverseScale;
        return (float)Math.Clamp(raw, float.MinValue, float.MaxValue);
    }

    private List<float[]> Rows(float[][]? recorded, int count)
    {
        int extremes = Math.Min(MaxExtremes, count / 2);
        float[][] finite = [.. (recorded ?? []).Where(row => row.All(float.IsFinite))];
        List<float[]> rows = [];
        for (int i = 0; i < count - extremes; i++)
            rows.Add(finite.Length > 0 ? finite[(long)i * finite.Length / (count - extremes)] : Noise());
        for (int i = 0; i < extremes; i++) rows.Add(Extreme(i));
        return rows;
    }

    private float[] Noise() => [.. _vocabulary.Select((vocabulary, feature) => vocabulary > 0
        ? Raw(_random.Next(vocabulary), feature) : Raw((_random.NextDouble() - 0.5) * Reach, feature))];

    /// <summary>All features at the top, at the bottom, and in turn; row 3 has an index no table has.</summary>
    public float[] Extreme(int kind) => [.. _vocabulary.Select((vocabulary, feature) =>
    {
        bool high = kind == 0 || (kind > 1 && (feature + kind) % 2 == 0);
        if (vocabulary > 0) return Raw(kind == MaxExtremes - 1 ? -1 : high ? vocabulary - 1 : 0, feature);
        return Raw(high ? Reach : -Reach, feature);
    })];

    private void FindVocabularies()
    {
        LayerGraph main = _model.Main;
        for (int i = 0; i < main.LayerCount; i++)
        {
            int vocabulary = main.LayerAt(i).VocabularySize;
            SegmentList read = main.ReadBy(i);
            if (vocabulary == 0 || read.Values[0] != 0) continue;
            int feature = read.Offsets[0];
            _vocabulary[feature] = _vocabulary[feature] == 0 ? vocabulary : Math.Min(_vocabulary[feature], vocabulary);
        }
    }
}

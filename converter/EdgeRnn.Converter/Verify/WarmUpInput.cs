using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Verify;

/// <summary>
/// What sessions are fed whose warm-up is measured: places of a recording, or noise that is standard-normal once standardised.
/// </summary>
internal sealed class WarmUpInput
{
    /// <summary>Ways in which a state is made that differs from a new one.</summary>
    public const int Histories = 3;

    private const int Seed = 20260411;
    private const int FewestRows = 64;
    private const int NoiseRows = 2048;

    private readonly Model _model;
    private readonly List<float[]> _rows;
    private readonly GoldenInput _extremes;

    /// <param name="model">The model.</param>
    /// <param name="recording">Raw input, or null.</param>
    /// <param name="steps">Steps that are compared at most.</param>
    /// <param name="historySteps">Steps that make a state, a whole number of periods.</param>
    public WarmUpInput(Model model, StepArray? recording, int steps, int historySteps)
    {
        _model = model;
        HistorySteps = historySteps;
        _extremes = new GoldenInput(model, null, GoldenInput.MaxRows * model.InputSize);
        _rows = recording == null ? [] : Good(recording, 2 * steps + historySteps);
        IsRecorded = _rows.Count >= FewestRows;
        if (!IsRecorded) _rows = Noise();
    }

    /// <summary>Whether it is a recording.</summary>
    public bool IsRecorded { get; }

    /// <summary>Steps that make a state.</summary>
    public int HistorySteps { get; }

    /// <summary>The raw sample at a step from a place, [inputSize]; the rows come round again where there are fewer.</summary>
    public float[] RowAt(int place, int step) => _rows[(int)((place * (long)_rows.Count / 3 + step) % _rows.Count)];

    /// <summary>A session that has read something else than what comes next at a place.</summary>
    public Session Disturbed(int place, int kind)
    {
        Session session = new(_model);
        float[] answer = new float[_model.OutputSize];
        for (int step = 0; step < HistorySteps; step++)
        {
            // What another place brings, the same standing still at its last sample, and both ends of the range in turn.
            float[] row = kind switch
            {
                0 => RowAt(place + 1, step),
                1 => _extremes.Extreme(step % 8 < 4 ? 0 : 1),
                _ => _extremes.Extreme(2),
            };
            session.Step(row, 0, answer, 0);
        }
        return session;
    }

    // Rows from the whole recording where it is longer than needed would tear its course apart: its start is taken.
    private static List<float[]> Good(StepArray recording, int most)
    {
        List<float[]> rows = [];
        foreach (float[] sequence in recording.Sequences)
        {
            for (int at = 0; at < sequence.Length && rows.Count < 3 * most; at += recording.Features)
            {
                float[] row = sequence[at..(at + recording.Features)];
                if (row.All(float.IsFinite)) rows.Add(row);
            }
        }
        return rows;
    }

    // Box and Muller.
    private List<float[]> Noise()
    {
        Random random = new(Seed);
        double reach = Math.Min(1, _extremes.Reach / 4);
        return [.. Enumerable.Range(0, NoiseRows).Select(_ => Enumerable.Range(0, _model.InputSize).Select(feature =>
            _extremes.IsIndex(feature) ? _extremes.Raw(random.Next(_extremes.RowsOfTable(feature)), feature)
            : _extremes.Raw(reach * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()),
                feature)).ToArray())];
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>
/// What models are fed to be compared: the good steps of a recording, or noise that is standard-normal once it is standardised.
/// </summary>
internal sealed class ReportInput
{
    private readonly RecurrentGraph _graph;
    private readonly StepArray? _recording;
    private readonly int[] _tableRows; // of each feature that names a row of a table, else 0

    public ReportInput(RecurrentGraph graph, StepArray? recording, int seed)
    {
        _graph = graph;
        _recording = recording;
        NoiseSeed = seed;
        _tableRows = new int[graph.Main.InputSize];
        foreach (EmbeddingNode table in graph.Main.Nodes.OfType<EmbeddingNode>().Where(node => node.Inputs[0].Value == 0))
            _tableRows[table.Inputs[0].Offset] = table.Table.Shape[0];
    }

    public bool IsNoise => _recording == null;

    public int? Seed => IsNoise ? NoiseSeed : null;

    private int NoiseSeed { get; }

    /// <summary>Steps of the recording with missing or infinite values.</summary>
    public long SkippedSteps => _recording == null ? 0 : Recorded().Count(row => row is { Length: 0 });

    /// <summary>
    /// At most so many steps, [inputSize] raw; null between two sequences. The array is the same for every step.
    /// </summary>
    public IEnumerable<float[]?> Rows(int steps)
    {
        foreach (float[]? row in IsNoise ? Noise() : Recorded())
        {
            if (row is { Length: 0 }) continue;
            if (row != null && steps-- == 0) yield break;
            yield return row;
        }
    }

    /// <summary>Exactly so many steps: noise, or the recording over and over; nothing where it has no good step.</summary>
    public IEnumerable<float[]> Endless(int steps)
    {
        bool found = true;
        while (steps > 0 && found)
        {
            found = false;
            foreach (float[]? row in IsNoise ? Noise() : Recorded())
            {
                if (row is not { Length: > 0 }) continue;
                found = true;
                yield return row;
                if (--steps == 0) yield break;
            }
        }
    }

    /// <summary>A raw step as the graph's input: standardised in float32 as the runtime does it.</summary>
    public void Standardise(float[] raw, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = _graph.Preprocessing == null ? raw[i] : ReferenceRun.Standardise(_graph.Preprocessing, raw[i], i);
    }

    // Null between sequences, an empty array for a step that cannot be used.
    private IEnumerable<float[]?> Recorded()
    {
        float[] row = new float[_recording!.Features];
        foreach (float[] sequence in _recording.Sequences)
        {
            for (int offset = 0; offset < sequence.Length; offset += row.Length)
            {
                Array.Copy(sequence, offset, row, 0, row.Length);
                yield return row.All(float.IsFinite) ? row : [];
            }
            yield return null;
        }
    }

    private IEnumerable<float[]> Noise()
    {
        Random random = new(NoiseSeed);
        float[] row = new float[_tableRows.Length];
        while (true)
        {
            for (int i = 0; i < row.Length; i++) row[i] = _tableRows[i] > 0 ? random.Next(_tableRows[i]) : Normal(random, i);
            yield return row;
        }
    }

    // Box and Muller.
    private float Normal(Random random, int channel)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        if (_graph.Preprocessing is not { } scaling) return (float)normal;
        float scale = scaling.InverseScale[channel];
        return (float)(scaling.Mean[channel] + (scale == 0 ? 0 : normal / scale));
    }
}

using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Measure;

/// <summary>Some streams of one model, fed with the same few random samples over and over, in one call or one by one.</summary>
public sealed class SteppedStreams
{
    private const int Seed = 1, Samples = 64;

    private readonly SessionBatch _batch;
    private readonly float[][] _inputs; // [Samples][streams * inputSize]
    private readonly float[] _outputs;
    private readonly int[] _statuses;
    private readonly int _inputSize;
    private readonly int _outputSize;
    private int _next;

    /// <param name="model">The model.</param>
    /// <param name="streams">At least 1.</param>
    public SteppedStreams(Model model, int streams)
    {
        Random random = new(Seed);
        _batch = new SessionBatch(model, streams);
        (_inputSize, _outputSize) = (model.InputSize, model.OutputSize);
        _inputs = [.. Enumerable.Range(0, Samples).Select(_ =>
            Enumerable.Range(0, streams * _inputSize).Select(_ => random.NextSingle() * 2 - 1).ToArray())];
        _outputs = new float[streams * _outputSize];
        _statuses = new int[streams];
    }

    /// <summary>Steps all streams in one call.</summary>
    /// <param name="times">How often.</param>
    public void RunBatch(int times)
    {
        for (; times > 0; times--) _batch.Step(_inputs[_next++ & (Samples - 1)], _outputs, _statuses);
    }

    /// <summary>Steps all streams, each with a call of its own.</summary>
    /// <param name="times">How often.</param>
    public void RunOneByOne(int times)
    {
        for (; times > 0; times--)
        {
            float[] inputs = _inputs[_next++ & (Samples - 1)];
            for (int stream = 0; stream < _batch.Count; stream++)
                _statuses[stream] = _batch[stream].Step(inputs, stream * _inputSize, _outputs, stream * _outputSize);
        }
    }
}

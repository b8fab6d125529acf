using System;

namespace EdgeRnn.Runtime;

/// <summary>Row lookup: y = table[x] for an input that holds a whole number in [0, vocabularySize).</summary>
internal sealed class EmbeddingLayer : Layer
{
    private readonly int _vocabularySize;
    private readonly float[] _table; // [vocabularySize, outputSize]

    public EmbeddingLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        record.RequireSize("input size of an embedding", InputSize, 1);
        _vocabularySize = record.Rows(TensorRole.Table);
        _table = record.Tensor(TensorRole.Table, _vocabularySize, OutputSize);
    }

    public override string Kind => "embedding";

    public override int VocabularySize => _vocabularySize;

    public override int ParameterCount => _table.Length;

    public override long MacsPerStep => 0;

    public override int Step(SessionMemory session)
    {
        float[] memory = session.Floats;
        // In double: floats of this size have no halves left, and the sum would round to another row or past the last.
        double index = memory[Gather(session)];
        // A comparison that is false for NaN too; rounding keeps indices that came through float arithmetic.
        if (!(index > -0.5 && index < _vocabularySize - 0.5))
        {
            Array.Clear(memory, OutputOffset, OutputSize);
            return StepStatus.OutputReady | StepStatus.InvalidInput;
        }
        Array.Copy(_table, (int)(index + 0.5) * OutputSize, memory, OutputOffset, OutputSize);
        return StepStatus.OutputReady;
    }
}

using System;

namespace EdgeRnn.Runtime;

/// <summary>Row lookup in integers: y = table[x rounded to the nearest whole number, halves up], rescaled row by row.</summary>
internal sealed class QuantizedEmbeddingLayer : QuantizedLayer
{
    private readonly int _vocabularySize;
    private readonly int _indexBits;         // fraction bits of x
    private readonly QuantizedTensor _table; // [vocabularySize, outputSize]
    private readonly int[] _mantissas;       // [vocabularySize]
    private readonly int[] _shifts;          // [vocabularySize]

    public QuantizedEmbeddingLayer(LayerRecord record) : base(record)
    {
        record.RequireSize("input size of an embedding", InputSize, 1);
        _indexBits = record.InputBits;
        _vocabularySize = record.Rows(TensorRole.Table);
        _table = record.Weights(TensorRole.Table, _vocabularySize, OutputSize);
        record.RequireSize("blocks of an embedding table", _table.BlockColumns.Length, 1);
        if (_table.Type == ElementType.Int4)
            throw new ModelException(ModelErrorCode.BadTensor, Name + ": an embedding table is int16 or int8, found int4");
        QuantizedBlockReader reader = new QuantizedBlockReader(Name, _table, 0, 0, -OutputBits);
        _mantissas = reader.Mantissas();
        _shifts = reader.Shifts(0);
    }

    public override string Kind => "embedding";

    public override int VocabularySize => _vocabularySize;

    public override int ParameterCount => _vocabularySize * OutputSize;

    public override long MacsPerStep => 0;

    public override int Step(SessionMemory session)
    {
        int[] memory = session.Ints;
        int x = memory[Gather(session)], y = OutputOffset, size = OutputSize;
        int row = _indexBits > 0 ? (x + (1 << (_indexBits - 1))) >> _indexBits : x << -_indexBits;
        if (row < 0 || row >= _vocabularySize)
        {
            Array.Clear(memory, y, size);
            return StepStatus.OutputReady | StepStatus.InvalidInput;
        }
        bool wide = _table.Type == ElementType.Int16;
        sbyte[] weights8 = _table.Weights8;
        short[] weights16 = _table.Weights16;
        long mantissa = _mantissas[row], half = 1L << (_shifts[row] - 1);
        int shift = _shifts[row], at = row * size;
        for (int i = 0; i < size; i++)
        {
            int weight = wide ? weights16[at + i] : weights8[at + i];
            long value = (weight * mantissa + half) >> shift;
            if (value > QuantizedLimits.MaxValue) value = QuantizedLimits.MaxValue;
            else if (value < -QuantizedLimits.MaxValue) value = -QuantizedLimits.MaxValue;
            memory[y + i] = (int)value;
        }
        return StepStatus.OutputReady;
    }
}

using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Layers in execution order, with the proof that each reads only what is there when it runs. Value 0 is the input, value k the
/// output of layer k - 1.
/// </summary>
internal sealed partial class LayerGraph
{
    private readonly Layer[] _layers;
    private readonly SegmentList[] _segments; // what each layer reads
    private readonly SegmentList _outputs;
    private readonly int[] _valueSizes;
    private readonly int[]? _valueBits;       // fraction bits of each value in a quantized model
    private readonly long[] _period;          // steps of the graph's input per step of each value
    private readonly long[] _first;           // step of the graph's input at which each value first arrives
    private readonly int[] _outputOffsets;
    private int _inputOffset;
    private bool _hasClocks; // whether some layer does not answer at every step
    private int _pieces; // of matrices that are packed each for itself

    /// <param name="reader">Stands at the graph.</param>
    /// <param name="tensors">All tensors of the file.</param>
    /// <param name="name">The graph in messages.</param>
    /// <param name="isQuantized">Whether values are integers.</param>
    public LayerGraph(ByteReader reader, TensorTable tensors, string name, bool isQuantized)
    {
        Name = name;
        InputSize = reader.Count(1, ModelLimits.MaxFeatures, name + " input size");
        int count = reader.Count(0, ModelLimits.MaxNodes, name + " layer count");
        int outputSegments = reader.Count(1, ModelLimits.MaxNodes, name + " output count");
        int inputBits = reader.SignedChoice(isQuantized ? QuantizedLimits.MinFractionBits : 0,
            isQuantized ? QuantizedLimits.MaxFractionBits : 0, name + " input fraction bits");
        _layers = new Layer[count];
        _segments = new SegmentList[count];
        _valueSizes = new int[count + 1];
        _period = new long[count + 1];
        _first = new long[count + 1];
        if (isQuantized)
        {
            _valueBits = new int[count + 1];
            _valueBits[0] = inputBits;
        }
        _valueSizes[0] = InputSize;
        ValuesSize = InputSize;
        _period[0] = 1;
        for (int i = 0; i < count; i++) Add(new LayerRecord(reader, tensors, i, _valueBits), i);
        _outputs = new SegmentList(reader, outputSegments, name + " output");
        _outputs.Check(name + " output", _valueSizes, count + 1);
        RequireOneClock(name + " output", _outputs);
        if (_outputs.TotalLength > ModelLimits.MaxFeatures)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, name + ": answers " + _outputs.TotalLength.ToString() +
                " features, at most " + ModelLimits.MaxFeatures.ToString() + " are allowed");
        }
        _outputOffsets = new int[outputSegments];
    }

    public string Name { get; }

    public int InputSize { get; }

    public int OutputSize => _outputs.TotalLength;

    public int LayerCount => _layers.Length;

    /// <summary>First element of the input in session memory.</summary>
    public int InputOffset => _inputOffset;

    /// <summary>Steps of the input per answer.</summary>
    public long OutputPeriod => _period[_outputs.Values[0]];

    /// <summary>Step of the input, from 0, that brings the first answer.</summary>
    public long FirstOutput => _first[_outputs.Values[0]];

    public Layer LayerAt(int index) => _layers[index];

    /// <summary>What a layer reads.</summary>
    public SegmentList ReadBy(int index) => _segments[index];

    /// <summary>Steps of the input per step of a value.</summary>
    public long Period(int value) => _period[value];

    /// <summary>Step of the input, from 0, at which a value first arrives.</summary>
    public long First(int value) => _first[value];

    /// <summary>Checks a list of pieces of this graph's values.</summary>
    public void CheckSegments(SegmentList segments, string owner) => segments.Check(owner, _valueSizes, _valueSizes.Length);

    /// <summary>Multiply-accumulates of a step in which every layer runs.</summary>
    public long MacsPerStep { get; private set; }

    /// <summary>Cost of a step in which every layer runs, see <see cref="Layer.CostPerStep"/>.</summary>
    public long CostPerStep { get; private set; }

    /// <summary>Fixes the places of input, state, values and scratch.</summary>
    public void Place(MemoryPlan plan)
    {
        _inputOffset = plan.AddValue(InputSize);
        int[] valueOffsets = new int[_valueSizes.Length];
        valueOffsets[0] = _inputOffset;
        for (int i = 0; i < _layers.Length; i++)
        {
            Layer layer = _layers[i];
            int state = plan.AddState(layer.StateSize);
            int output = layer.OutputIsState ? state : plan.AddValue(layer.OutputSize);
            valueOffsets[i + 1] = output;
            SegmentList inputs = _segments[i];
            int[] offsets = Resolve(inputs, valueOffsets);
            int counters = plan.AddCounters(layer.CounterCount);
            layer.Place(offsets, inputs.Lengths, inputs.Values[0], state, counters, output, plan.WorkOffset);
            layer.PlaceFloats(plan.AddFloatState(layer.FloatStateSize), plan.FloatStateSize);
            CheckPlace(layer, offsets, inputs.Lengths, plan);
        }
        Array.Copy(Resolve(_outputs, valueOffsets), _outputOffsets, _outputOffsets.Length);
        ValueOffsets = valueOffsets;
    }

    /// <summary>Where each value lies in session memory.</summary>
    public int[] ValueOffsets { get; private set; } = new int[0];

    /// <summary>Elements of state of all layers.</summary>
    public long StateSize { get; private set; }

    /// <summary>Elements of the input and of the outputs that are not states.</summary>
    public long ValuesSize { get; private set; }

    /// <summary>Scratch that one step of the hungriest layer needs.</summary>
    public long WorkSize { get; private set; }

    /// <summary>State of the float layers of a quantized graph.</summary>
    public long FloatStateSize { get; private set; }

    /// <summary>Scratch that one step of the hungriest float layer of a quantized graph needs.</summary>
    public long FloatWorkSize { get; private set; }

    public void Reset(SessionMemory session)
    {
        for (int i = 0; i < _layers.Length; i++) _layers[i].Reset(session);
    }

    /// <summary>One time step over the input already in its place. Returns <see cref="StepStatus"/> bits.</summary>
    /// <param name="session">The session's memory.</param>
    /// <param name="arrived">Scratch, one flag per value.</param>
    public int Step(SessionMemory session, bool[] arrived)
    {
        int status = StepStatus.OutputReady;
        Layer[] layers = _layers;
        if (!_hasClocks)
        {
            for (int i = 0; i < layers.Length; i++)
            {
                status |= layers[i].Step(session);
                Observe(session, i);
            }
            return status;
        }
        status = 0;
        arrived[0] = true;
        for (int i = 0; i < layers.Length; i++)
        {
            Layer layer = layers[i];
            if (!arrived[layer.ClockValue])
            {
                arrived[i + 1] = false;
                continue;
            }
            int result = layer.Step(session);
            arrived[i + 1] = (result & StepStatus.OutputReady) != 0;
            status |= result & ~StepStatus.OutputReady;
            if (arrived[i + 1]) Observe(session, i);
        }
        return arrived[_outputs.Values[0]] ? status | StepStatus.OutputReady : status;
    }

    /// <summary>Copies the answer, [OutputSize], out of the session's values.</summary>
    public void CopyOutput(Array values, Array target, int targetOffset)
    {
        bool done = false;
        CopyTyped(values, target, targetOffset, ref done);
        if (done) return;
        for (int i = 0; i < _outputOffsets.Length; i++)
        {
            Array.Copy(values, _outputOffsets[i], target, targetOffset, _outputs.Lengths[i]);
            targetOffset += _outputs.Lengths[i];
        }
    }

    /// <summary>Fraction bits of each feature of the answer of a quantized graph, [OutputSize].</summary>
    public int[] OutputBits
    {
        get
        {
            int[] bits = new int[OutputSize];
            int at = 0;
            for (int i = 0; i < _outputs.Count; i++)
            {
                for (int k = 0; k < _outputs.Lengths[i]; k++) bits[at++] = _valueBits![_outputs.Values[i]];
            }
            return bits;
        }
    }

    /// <summary>Whether values are integers.</summary>
    public bool IsQuantized => _valueBits != null;

    /// <summary>Fraction bits of a value of a quantized graph.</summary>
    public int ValueBits(int value) => _valueBits![value];

    /// <summary>Whether every layer computes in integers.</summary>
    public bool IsIntegerOnly
    {
        get
        {
            for (int i = 0; i < _layers.Length; i++)
            {
                if (!(_layers[i] is QuantizedLayer)) return false;
            }
            return true;
        }
    }

    /// <summary>Checks the numbers of every integer layer's state in a saved state.</summary>
    public bool StateIsSound(int[] ints)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            if (_layers[i] is QuantizedLayer layer && !layer.StateIsSound(ints)) return false;
        }
        return true;
    }

    /// <summary>Checks the counters of every layer in a restored state.</summary>
    public bool CountersAreValid(int[] counters)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            if (!_layers[i].CountersAreValid(counters)) return false;
        }
        return true;
    }

    partial void CopyTyped(Array values, Array target, int targetOffset, ref bool done);

    // Kernels that do not look at each access have all places proven here.
    static partial void CheckPlace(Layer layer, int[] offsets, int[] lengths, MemoryPlan plan);

    // Desktop tools may watch a run; on a device this is no call at all.
    partial void Observe(SessionMemory session, int layer);

    private void Add(LayerRecord record, int index)
    {
        record.Segments.Check(record.Name, _valueSizes, index + 1);
        RequireOneClock(record.Name, record.Segments);
        Layer layer = LayerFactory.Create(record);
        int source = record.Segments.Values[0];
        CountPieces(layer);
        Count(layer, Layer.GatherSize(record.Segments.Lengths));
        layer.WeightBytes = record.WeightBytes;
        if (_valueBits != null) _valueBits[index + 1] = record.OutputBits;
        _layers[index] = layer;
        _segments[index] = record.Segments;
        _valueSizes[index + 1] = layer.OutputSize;
        _first[index + 1] = _first[source] + _period[source] * layer.FirstOutput;
        _period[index + 1] = _period[source] * layer.Stride;
        if (layer.Stride != 1 || layer.FirstOutput != 0) _hasClocks = true;
        if (_first[index + 1] > ModelLimits.MaxSteps || _period[index + 1] > ModelLimits.MaxSteps)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, record.Name + ": answers first after " +
                _first[index + 1].ToString() + " steps and then every " + _period[index + 1].ToString() + ", at most " +
                ModelLimits.MaxSteps.ToString() + " are allowed");
        }
    }

    private void Count(Layer layer, int gatherSize)
    {
        MacsPerStep += layer.MacsPerStep;
        CostPerStep += layer.CostPerStep;
        StateSize += layer.StateSize;
        if (!layer.OutputIsState) ValuesSize += layer.OutputSize;
        long workSize = (long)gatherSize + layer.WorkSize;
        if (WorkSize < workSize) WorkSize = workSize;
        FloatStateSize += layer.FloatStateSize;
        if (FloatWorkSize < layer.FloatWorkSize) FloatWorkSize = layer.FloatWorkSize;
    }

    // At most 65535 groups of 256 blocks in a layer, and the count stops at the first layer beyond the limit: an int holds it.
    private void CountPieces(Layer layer)
    {
        _pieces += layer.PackedPieces;
        if (_pieces > ModelLimits.MaxGroups)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, layer.Name + ": the graph has " + _pieces.ToString() +
                " groups of convolutions and blocks of matrices so far, at most " + ModelLimits.MaxGroups.ToString() + " are allowed");
        }
    }

    // Values read together must arrive together, or a layer would mix samples of different times.
    private void RequireOneClock(string owner, SegmentList segments)
    {
        int reference = segments.Values[0];
        for (int i = 1; i < segments.Count; i++)
        {
            int value = segments.Values[i];
            if (_period[value] != _period[reference] || _first[value] != _first[reference])
            {
                throw new ModelException(ModelErrorCode.BadGraph, owner + ": reads value " + ArrivalText(reference) +
                    " with value " + ArrivalText(value));
            }
        }
    }

    private string ArrivalText(int value)
    {
        return value.ToString() + " (first at step " + _first[value].ToString() + ", then every " + _period[value].ToString() + ")";
    }

    private static int[] Resolve(SegmentList segments, int[] valueOffsets)
    {
        int[] offsets = new int[segments.Count];
        for (int i = 0; i < offsets.Length; i++) offsets[i] = valueOffsets[segments.Values[i]] + segments.Offsets[i];
        return offsets;
    }
}

using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// One layer as the file describes it (FORMAT.md, "Layer record"). Layers take their tensors and parameters from it, and
/// each taking is a check; what was not taken is an error.
/// </summary>
internal sealed partial class LayerRecord
{
    private readonly TensorTable _tensors;
    private readonly int[]? _valueBits;
    private readonly int[] _roleTensors; // tensor index + 1 by role, 0 for none
    private readonly ActivationFunction[] _activations;
    private readonly int[] _parameters;
    private int _takenRoles;
    private int _takenActivations;
    private int _takenParameters;

    /// <param name="reader">Stands at the record.</param>
    /// <param name="tensors">All tensors of the file.</param>
    /// <param name="index">Of the layer in its graph.</param>
    /// <param name="valueBits">Fraction bits of the values before this layer in a quantized model, null in a float model.</param>
    public LayerRecord(ByteReader reader, TensorTable tensors, int index, int[]? valueBits)
    {
        _tensors = tensors;
        _valueBits = valueBits;
        Kind = reader.Choice(1, LayerKind.Last, "kind of layer " + index.ToString());
        Name = reader.ShortText();
        int segmentCount = reader.Choice(1, 255, Name + " input count");
        int tensorCount = reader.Byte();
        int activationCount = reader.Byte();
        int parameterCount = reader.Byte();
        OutputSize = reader.Count(1, ModelLimits.MaxFeatures, Name + " output size");
        Scheme = (Scheme)reader.Choice(0, valueBits == null ? 0 : (int)Scheme.W4A16, Name + " scheme");
        OutputBits = reader.SignedChoice(valueBits == null ? 0 : QuantizedLimits.MinFractionBits,
            valueBits == null ? 0 : QuantizedLimits.MaxFractionBits, Name + " fraction bits");
        Segments = new SegmentList(reader, segmentCount, Name);
        if (Segments.TotalLength > ModelLimits.MaxFeatures)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, Name + ": reads " + Segments.TotalLength.ToString() +
                " features, at most " + ModelLimits.MaxFeatures.ToString() + " are allowed");
        }
        _roleTensors = ReadTensorRoles(reader, tensorCount);
        _activations = ReadActivations(reader, activationCount);
        _parameters = new int[parameterCount];
        for (int i = 0; i < parameterCount; i++) _parameters[i] = reader.Int32();
    }

    public int Kind { get; }

    public string Name { get; }

    public SegmentList Segments { get; }

    public int InputSize => Segments.TotalLength;

    public int OutputSize { get; }

    /// <summary>How the layer computes; F32 in a float model.</summary>
    public Scheme Scheme { get; }

    /// <summary>Fraction bits of the layer's output in a quantized model.</summary>
    public int OutputBits { get; }

    /// <summary>How the weights of the model are laid out.</summary>
    public WeightPacking Packing => _tensors.Packing;

    /// <summary>Bytes of all tensors of the layer with their scales.</summary>
    public int WeightBytes
    {
        get
        {
            int total = 0;
            for (int role = 1; role <= TensorRole.Last; role++)
            {
                if (Has(role)) total += _tensors.BytesOf(_roleTensors[role] - 1);
            }
            return total;
        }
    }

    public bool Has(int role) => _roleTensors[role] != 0;

    /// <summary>The tensor in a role, [rows, columns] row-major.</summary>
    public float[] Tensor(int role, int rows, int columns)
    {
        return Take(role, new int[] { rows, columns });
    }

    public WeightMatrix Matrix(int role, int rows, int columns)
    {
        return new WeightMatrix(Tensor(role, rows, columns), 0, rows, columns, Packing);
    }

    /// <summary>A convolution's weights, [outputs, inputs, kernel].</summary>
    public float[] Tensor3(int role, int outputs, int inputs, int kernel)
    {
        return Take(role, new int[] { outputs, inputs, kernel });
    }

    public float[] Vector(int role, int length)
    {
        return Take(role, new int[] { length });
    }

    public float[]? OptionalVector(int role, int length)
    {
        return Has(role) ? Vector(role, length) : null;
    }

    /// <summary>The first axis of the tensor in a role.</summary>
    public int Rows(int role)
    {
        Require(role);
        return _tensors.Shape(_roleTensors[role] - 1)[0];
    }

    public ActivationFunction Activation(int index)
    {
        if (index >= _activations.Length)
            throw new ModelException(ModelErrorCode.BadValue, Name + ": activation " + index.ToString() + " is missing");
        _takenActivations++;
        return _activations[index];
    }

    /// <summary>An activation that acts on each element by itself, as cells and convolutions need.</summary>
    public ActivationFunction ElementwiseActivation(int index)
    {
        ActivationFunction activation = Activation(index);
        if (activation.Kind == ActivationKind.Softmax)
        {
            throw new ModelException(ModelErrorCode.BadValue, Name +
                ": softmax cannot be an activation of a recurrent cell or a convolution");
        }
        return activation;
    }

    public int IntParameter(int index, int minimum, int maximum, string field)
    {
        int value = Parameter(index, field);
        if (value < minimum || value > maximum)
        {
            throw new ModelException(ModelErrorCode.BadValue, Name + ": " + field + " is " + value.ToString() + ", expected " +
                minimum.ToString() + " to " + maximum.ToString());
        }
        return value;
    }

    public bool FlagParameter(int index, string field) => IntParameter(index, 0, 1, field) == 1;

    public float FloatParameter(int index, float minimum, string field)
    {
        float value = BitConverter.ToSingle(BitConverter.GetBytes(Parameter(index, field)), 0);
        if (!(value >= minimum && value <= float.MaxValue))
        {
            throw new ModelException(ModelErrorCode.BadValue, Name + ": " + field + " is " + value.ToString() +
                ", expected a finite number of at least " + minimum.ToString());
        }
        return value;
    }

    /// <summary>Checks a size that may lie in a range.</summary>
    public void RequireRange(string what, int found, int minimum, int maximum)
    {
        if (found < minimum || found > maximum)
        {
            throw new ModelException(ModelErrorCode.BadGraph, Name + ": " + what + " is " + found.ToString() + ", expected " +
                minimum.ToString() + " to " + maximum.ToString());
        }
    }

    /// <summary>Checks a relation between sizes.</summary>
    public void RequireSize(string what, int found, int expected)
    {
        if (found != expected)
        {
            throw new ModelException(ModelErrorCode.BadGraph, Name + ": " + what + " is " + found.ToString() + ", expected " +
                expected.ToString());
        }
    }

    /// <summary>Checks that the layer took all that the record holds.</summary>
    public void RequireAllTaken()
    {
        for (int role = 1; role <= TensorRole.Last; role++)
        {
            if (Has(role) && (_takenRoles & (1 << role)) == 0)
                throw new ModelException(ModelErrorCode.BadTensor, Name + ": this kind of layer has no " + TensorRole.Name(role));
        }
        if (_takenActivations != _activations.Length || _takenParameters != _parameters.Length)
        {
            throw new ModelException(ModelErrorCode.BadValue, Name + ": has " + _activations.Length.ToString() +
                " activations and " + _parameters.Length.ToString() + " parameters, expected " + _takenActivations.ToString() +
                " and " + _takenParameters.ToString());
        }
    }

    private int Parameter(int index, string field)
    {
        if (index >= _parameters.Length)
            throw new ModelException(ModelErrorCode.BadValue, Name + ": parameter " + field + " is missing");
        _takenParameters++;
        return _parameters[index];
    }

    private void Take(int role)
    {
        Require(role);
        _takenRoles |= 1 << role;
    }

    private float[] Take(int role, int[] shape)
    {
        Take(role);
        return _tensors.Take(_roleTensors[role] - 1, Name, TensorRole.Name(role), shape);
    }

    private void Require(int role)
    {
        if (!Has(role)) throw new ModelException(ModelErrorCode.BadTensor, Name + ": " + TensorRole.Name(role) + " are missing");
    }

    private int[] ReadTensorRoles(ByteReader reader, int count)
    {
        int[] tensors = new int[TensorRole.Last + 1];
        int lastRole = 0;
        for (int i = 0; i < count; i++)
        {
            int role = reader.Choice(lastRole + 1, TensorRole.Last, Name + " tensor role");
            int index = reader.UInt16();
            if (index >= _tensors.Count)
            {
                throw new ModelException(ModelErrorCode.BadTensor, Name + ": " + TensorRole.Name(role) + " are tensor " +
                    index.ToString() + ", the file has " + _tensors.Count.ToString());
            }
            tensors[role] = index + 1;
            lastRole = role;
        }
        return tensors;
    }

    private ActivationFunction[] ReadActivations(ByteReader reader, int count)
    {
        ActivationFunction[] activations = new ActivationFunction[count];
        for (int i = 0; i < count; i++)
        {
            int kind = reader.Choice(0, (int)ActivationKind.Clip, Name + " activation");
            float alpha = reader.Finite(float.MinValue, Name + " activation alpha");
            float beta = reader.Finite(float.MinValue, Name + " activation beta");
            activations[i] = new ActivationFunction((ActivationKind)kind, alpha, beta);
        }
        return activations;
    }
}

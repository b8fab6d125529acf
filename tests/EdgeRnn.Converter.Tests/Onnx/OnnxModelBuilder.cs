using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Onnx;
using EdgeRnn.Converter.Import.Onnx.Proto;
using EdgeRnn.Converter.Tests.Containers;
using Google.Protobuf;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>Puts an ONNX model together node by node, so that a test can have a valid one and the same with one thing wrong.</summary>
internal sealed class OnnxModelBuilder
{
    private const int FloatType = 1, IntType = 7;

    public OnnxModelBuilder(int opset = 13)
    {
        Model.OpsetImport.Add(new OperatorSetProto { Version = opset });
    }

    public ModelProto Model { get; } = new() { IrVersion = 8, ProducerName = "test", Graph = new GraphProto() };

    /// <summary>A GRU with 3 inputs and 2 units named gru that reads x [steps, 1, 3] and makes Y and Y_h.</summary>
    public static OnnxModelBuilder Gru(int opset = 13, string initial = "", Action<NodeProto>? change = null, long steps = 5)
    {
        OnnxModelBuilder builder = new OnnxModelBuilder(opset).Input("x", steps, 1, 3).Weights("W", 1, 6, 3).Weights("R", 1, 6, 2);
        return builder.Node("GRU", "gru", ["x", "W", "R", "", "", initial], ["Y", "Y_h"], node =>
        {
            node.Attribute.Add(new AttributeProto { Name = "hidden_size", I = 2 });
            change?.Invoke(node);
        });
    }

    /// <summary>A real input; size 0 leaves an axis open.</summary>
    public OnnxModelBuilder Input(string name, params long[] shape) => Input(name, FloatType, shape);

    public OnnxModelBuilder Input(string name, int type, long[] shape)
    {
        ShapeProto sizes = new();
        sizes.Dim.AddRange(shape.Select(size => size == 0 ? new DimensionProto { DimParam = "open" } : new DimensionProto { DimValue = size }));
        TypeProto declared = new() { TensorType = new TensorTypeProto { ElemType = type, Shape = sizes } };
        Model.Graph.Input.Add(new ValueInfoProto { Name = name, Type = declared });
        return this;
    }

    public OnnxModelBuilder Output(params string[] names)
    {
        Model.Graph.Output.AddRange(names.Select(name => new ValueInfoProto { Name = name }));
        return this;
    }

    /// <summary>A stored tensor with small numbers, the same at every call.</summary>
    public OnnxModelBuilder Weights(string name, params int[] shape) => Constant(name,
        [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(i => (i * 37 % 23 - 11) / 20f)], shape);

    public OnnxModelBuilder Constant(string name, float[] data, params int[] shape)
    {
        TensorProto tensor = new() { Name = name, DataType = FloatType };
        tensor.Dims.AddRange(shape.Select(size => (long)size));
        tensor.FloatData.AddRange(data);
        Model.Graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>A stored vector of whole numbers.</summary>
    public OnnxModelBuilder Integers(string name, params long[] data)
    {
        TensorProto tensor = new() { Name = name, DataType = IntType, Dims = { data.Length } };
        tensor.Int64Data.AddRange(data);
        Model.Graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>A stored whole number without axes.</summary>
    public OnnxModelBuilder Scalar(string name, long value)
    {
        Model.Graph.Initializer.Add(new TensorProto { Name = name, DataType = IntType, Int64Data = { value } });
        return this;
    }

    public OnnxModelBuilder Node(string type, string name, string[] inputs, string[] outputs, Action<NodeProto>? change = null)
    {
        NodeProto node = new() { OpType = type, Name = name };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        change?.Invoke(node);
        Model.Graph.Node.Add(node);
        return this;
    }

    /// <summary>Puts the first node behind those that make what it reads.</summary>
    public OnnxModelBuilder FirstNodeLast()
    {
        NodeProto first = Model.Graph.Node[0];
        Model.Graph.Node.RemoveAt(0);
        Model.Graph.Node.Add(first);
        return this;
    }

    /// <summary>Attributes with whole numbers.</summary>
    public static Action<NodeProto> Ints(string name, params long[] values) => node =>
    {
        AttributeProto attribute = new() { Name = name };
        attribute.Ints.AddRange(values);
        node.Attribute.Add(attribute);
    };

    public static Action<NodeProto> Int(string name, long value) => node => node.Attribute.Add(new AttributeProto { Name = name, I = value });

    public static Action<NodeProto> Text(string name, string value) =>
        node => node.Attribute.Add(new AttributeProto { Name = name, S = ByteString.CopyFromUtf8(value) });

    public static Action<NodeProto> Number(string name, float value) => node => node.Attribute.Add(new AttributeProto { Name = name, F = value });

    public RecurrentGraph Import(ImportOptions? options = null)
    {
        using TemporaryFolder folder = new();
        return OnnxImporter.Import(folder.File("model.onnx", Model.ToByteArray()), options ?? new ImportOptions());
    }

    /// <summary>Imports with pairs of state input and output.</summary>
    public RecurrentGraph Import(params (string Input, string Output)[] states) =>
        Import(new ImportOptions { StatePairs = new Dictionary<string, string>(states.Select(pair => KeyValuePair.Create(pair.Input, pair.Output))) });

    /// <summary>The message of the refusal; it must be one line.</summary>
    public string Refusal(ImportOptions? options = null)
    {
        string message = Assert.Throws<ConversionException>(() => Import(options)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}

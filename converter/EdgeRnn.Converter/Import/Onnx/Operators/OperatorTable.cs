using System;
using System.Collections.Generic;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Every operator the importer understands.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, Func<NodeCall, OnnxValue?[]>> _operators = Build();

    /// <summary>The values of a node's outputs; null for outputs that cannot be used.</summary>
    /// <exception cref="ConversionException">The node cannot be represented.</exception>
    /// <exception cref="LayoutMismatchException">The axes do not fit.</exception>
    public static OnnxValue?[] Evaluate(NodeCall call)
    {
        OnnxNode node = call.Node;
        if (!OnnxFile.IsStandard(node.Domain))
            throw node.Refuse($"belongs to '{SourceText.Show(node.Domain)}', only the standard ONNX operators are known; export without extensions");
        if (!_operators.TryGetValue(node.Operator, out Func<NodeCall, OnnxValue?[]>? evaluate)) throw node.Refuse(ReasonUnknown(node.Operator));
        OnnxValue?[] outputs = evaluate(call);
        node.RequireAllRead();
        return outputs;
    }

    private static string ReasonUnknown(string name) => name switch
    {
        "Loop" or "Scan" => "control flow cannot be represented; export the model with a fixed structure (torch.onnx.export by tracing)",
        "LogSoftmax" => "log-softmax cannot be represented; let the model end in Softmax or in the layer before it",
        "ReverseSequence" => "reads the sequence backwards, which needs the whole of it; only forward layers can run step by step",
        "LayerNormalization" or "InstanceNormalization" or "GroupNormalization" =>
            "normalises by statistics of the current step, for which there is no layer; BatchNormalization can be represented",
        "MaxPool" or "AveragePool" or "GlobalAveragePool" or "GlobalMaxPool" =>
            "pooling cannot be represented; use the last step of a recurrent layer, or a convolution with a stride",
        _ => "there is no such layer; the operators supported are listed in converter/ONNX.md",
    };

    private static Dictionary<string, Func<NodeCall, OnnxValue?[]>> Build()
    {
        Dictionary<string, Func<NodeCall, OnnxValue?[]>> table = new(StringComparer.Ordinal)
        {
            ["RNN"] = RecurrentOperators.Rnn,
            ["LSTM"] = RecurrentOperators.Lstm,
            ["GRU"] = RecurrentOperators.Gru,
            ["Split"] = SplitOperator.Split,
        };
        foreach ((string name, Func<NodeCall, OnnxValue> evaluate) in SingleOutput()) table[name] = call => [evaluate(call)];
        return table;
    }

    private static Dictionary<string, Func<NodeCall, OnnxValue>> SingleOutput() => new()
    {
        ["Gemm"] = DenseOperators.Gemm,
        ["MatMul"] = DenseOperators.MatMul,
        ["ReduceMean"] = ReduceOperators.Mean,
        ["ReduceSum"] = ReduceOperators.Sum,
        ["ReduceProd"] = ReduceOperators.Product,
        ["Conv"] = ConvolutionOperators.Conv,
        ["Pad"] = ConvolutionOperators.Pad,
        ["BatchNormalization"] = NormalisationOperator.BatchNormalization,
        ["ArgMax"] = IndexOperators.ArgMax,
        ["OneHot"] = IndexOperators.OneHot,
        ["Gather"] = IndexOperators.Gather,
        ["Add"] = call => ArithmeticOperators.Evaluate(call, Arithmetic.Add),
        ["Sum"] = ArithmeticOperators.Sum,
        ["Sub"] = call => ArithmeticOperators.Evaluate(call, Arithmetic.Subtract),
        ["Mul"] = call => ArithmeticOperators.Evaluate(call, Arithmetic.Multiply),
        ["Div"] = call => ArithmeticOperators.Evaluate(call, Arithmetic.Divide),
        ["Min"] = call => LimitOperators.Evaluate(call, smaller: true),
        ["Max"] = call => LimitOperators.Evaluate(call, smaller: false),
        ["Pow"] = ConstantOperators.Pow,
        ["Sqrt"] = call => ConstantOperators.Map(call, Math.Sqrt),
        ["Exp"] = call => ConstantOperators.Map(call, Math.Exp),
        ["Reciprocal"] = call => ConstantOperators.Map(call, value => 1 / value),
        ["Neg"] = ActivationOperators.Negative,
        ["Relu"] = ActivationOperators.Pointwise,
        ["LeakyRelu"] = ActivationOperators.Pointwise,
        ["Sigmoid"] = ActivationOperators.Pointwise,
        ["HardSigmoid"] = ActivationOperators.Pointwise,
        ["Tanh"] = ActivationOperators.Pointwise,
        ["Elu"] = ActivationOperators.Pointwise,
        ["Softsign"] = ActivationOperators.Pointwise,
        ["Softplus"] = ActivationOperators.Pointwise,
        ["ThresholdedRelu"] = ActivationOperators.Pointwise,
        ["Clip"] = ActivationOperators.Clip,
        ["Selu"] = ActivationOperators.Selu,
        ["HardSwish"] = ActivationOperators.HardSwish,
        ["PRelu"] = ActivationOperators.PRelu,
        ["Softmax"] = ActivationOperators.Softmax,
        ["Identity"] = RearrangingOperators.Identity,
        ["Dropout"] = RearrangingOperators.Dropout,
        ["Cast"] = RearrangingOperators.Cast,
        ["Transpose"] = RearrangingOperators.Transpose,
        ["Squeeze"] = RearrangingOperators.Squeeze,
        ["Unsqueeze"] = RearrangingOperators.Unsqueeze,
        ["Concat"] = ConcatOperator.Concat,
        ["Slice"] = SliceOperator.Slice,
        ["Reshape"] = ReshapeOperators.Reshape,
        ["Flatten"] = ReshapeOperators.Flatten,
        ["Expand"] = RepeatOperators.Expand,
        ["Tile"] = RepeatOperators.Tile,
        ["Constant"] = ConstantOperators.Constant,
        ["ConstantOfShape"] = ConstantOperators.ConstantOfShape,
        ["ConstantFill"] = ConstantOperators.ConstantFill,
        ["Shape"] = ShapeOperators.Shape,
        ["Size"] = ShapeOperators.Size,
        ["Range"] = ConstantOperators.Range,
        ["Equal"] = LogicOperators.Equal,
        ["Not"] = LogicOperators.Not,
        ["Where"] = LogicOperators.Where,
    };
}

using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>RNN, LSTM and GRU with every attribute of the specification. Outputs Y, Y_h and, for LSTM, Y_c.</summary>
internal static class RecurrentOperators
{
    public static OnnxValue?[] Rnn(NodeCall call)
    {
        RecurrentArguments cell = new(call, gates: 1);
        Activation activation = ActivationTable.Read(call.Node, Activation.Tanh)[0];
        (Tensor? inputBias, Tensor? recurrentBias) = cell.Biases();
        InitialState hidden = cell.Initial(5, "initial_h");
        return cell.Finish(hidden, null, name => CellBuilder.Rnn(name, cell.Inputs, cell.W, cell.R, inputBias, recurrentBias, activation) with
        {
            PreActivationClip = cell.Clip,
            InitialHidden = hidden.Constant,
        });
    }

    public static OnnxValue?[] Gru(NodeCall call)
    {
        RecurrentArguments cell = new(call, gates: 3);
        bool resetAfter = call.Node.Int("linear_before_reset", 0) != 0;
        Activation[] activations = ActivationTable.Read(call.Node, Activation.Sigmoid, Activation.Tanh);
        (Tensor? inputBias, Tensor? recurrentBias) = cell.Biases();
        InitialState hidden = cell.Initial(5, "initial_h");
        return cell.Finish(hidden, null, name => CellBuilder.Gru(name, cell.Inputs, "zrn", cell.W, cell.R, inputBias, recurrentBias, resetAfter) with
        {
            GateActivation = activations[0],
            CandidateActivation = activations[1],
            PreActivationClip = cell.Clip,
            InitialHidden = hidden.Constant,
        });
    }

    public static OnnxValue?[] Lstm(NodeCall call)
    {
        const string order = "iofg";
        RecurrentArguments cell = new(call, gates: 4);
        Activation[] activations = ActivationTable.Read(call.Node, Activation.Sigmoid, Activation.Tanh, Activation.Tanh);
        // With input_forget the forget gate is 1 - i; its weights stand in the file but have no effect.
        string gates = call.Node.Int("input_forget", 0) != 0 ? "iog" : order;
        Tensor? Gates(Tensor? blocks) => blocks == null ? null : CellBuilder.Reorder(blocks, order, gates);
        (Tensor? inputBias, Tensor? recurrentBias) = cell.Biases();
        Tensor? peepholes = cell.Peepholes();
        InitialState hidden = cell.Initial(5, "initial_h"), start = cell.Initial(6, "initial_c");
        return cell.Finish(hidden, start, name => CellBuilder.Lstm(name, cell.Inputs, gates, Gates(cell.W)!, Gates(cell.R)!,
            Gates(inputBias), Gates(recurrentBias)) with
        {
            Peepholes = peepholes == null ? null : CellBuilder.Reorder(peepholes, "iof", "ifo"),
            GateActivation = activations[0],
            CellActivation = activations[1],
            OutputActivation = activations[2],
            PreActivationClip = cell.Clip,
            InitialHidden = hidden.Constant,
            InitialCell = start.Constant,
        });
    }
}

"""Small ONNX models of our own with reference outputs; PyTorch 1.13, onnx 1.12, seed below.

    /usr/bin/python3 tests/vectors/onnx/make.py

For each NAME: NAME.onnx, NAME_x.npy (one stream, [steps, features]) and NAME_y.npy (its answers, one row each). Where PyTorch
wrote the model the answers are PyTorch's; where it is put together by hand they come from the NumPy cells below, which follow
the ONNX operator specification in float64.
"""
import os
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

SEED = 20261121
HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(SEED)
torch.manual_seed(SEED)
warnings.filterwarnings("ignore")


def save(name, x, y):
    np.save(os.path.join(HERE, name + "_x.npy"), np.ascontiguousarray(x, np.float32))
    np.save(os.path.join(HERE, name + "_y.npy"), np.ascontiguousarray(y, np.float32))


# ---- written by PyTorch -------------------------------------------------------------------------------------------------


def export(name, model, args, opset, x, y, inputs=("x",), outputs=("y",), dynamic=None):
    """Exports a model and checks nothing: the tests do."""
    model.eval()
    torch.onnx.export(model, args, os.path.join(HERE, name + ".onnx"), opset_version=opset, input_names=list(inputs),
                      output_names=list(outputs), dynamic_axes=dynamic)
    save(name, x, y)


class CausalConvGru(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 6, 3, dilation=2)
        self.norm = nn.BatchNorm1d(6)
        self.gru = nn.GRU(6, 5, batch_first=True)
        self.head = nn.Linear(5, 4)
        self.norm.running_mean.uniform_(-0.5, 0.5)
        self.norm.running_var.uniform_(0.5, 2)

    def forward(self, x):
        x = nn.functional.pad(x.transpose(1, 2), (4, 0))
        x = torch.relu(self.norm(self.conv(x))).transpose(1, 2)
        return torch.softmax(self.head(self.gru(x)[0]), dim=-1)


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(11, 4)
        self.lstm = nn.LSTM(4, 6, num_layers=2, batch_first=True)
        self.head = nn.Linear(6, 3)

    def forward(self, tokens):
        return self.head(torch.tanh(self.lstm(self.words(tokens))[0]))


class LastStep(nn.Module):
    def __init__(self, way):
        super().__init__()
        self.way = way
        self.gru = nn.GRU(3, 7, batch_first=True)
        self.head = nn.Sequential(nn.Linear(7, 5), nn.LeakyReLU(0.2), nn.Dropout(0.5), nn.Linear(5, 2))

    def forward(self, x):
        y, h = self.gru(x)
        if self.way == "slice":
            return self.head(y[:, -1])
        if self.way == "range":
            return self.head(y[:, -1:, :].squeeze(1))
        return self.head(h[-1])


class StackedStep(nn.Module):
    def __init__(self, cell):
        super().__init__()
        self.rnn = cell(3, 5, num_layers=2)
        self.head = nn.Linear(5, 2)

    def forward(self, x, *state):
        if len(state) == 1:
            y, h = self.rnn(x, state[0])
            return self.head(y), h
        y, (h, c) = self.rnn(x, state)
        return self.head(y), h, c


class SeparateStates(nn.Module):
    """Two cells whose states are inputs and outputs of their own, in another order."""

    def __init__(self):
        super().__init__()
        self.first = nn.GRU(3, 5)
        self.second = nn.GRU(5, 5)

    def forward(self, x, a, b):
        y, a = self.first(x, a)
        z, b = self.second(y, b)
        return y + z, b, a


class Tcn(nn.Module):
    """Convolutions padded on both sides and cut at the end, with a residual sum."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv1d(2, 6, 3, padding=2)
        self.second = nn.Conv1d(6, 6, 3, padding=8, dilation=4)
        self.skip = nn.Conv1d(2, 6, 1)
        self.head = nn.Conv1d(6, 1, 1)

    def forward(self, x):
        y = torch.relu(self.first(x)[:, :, :-2])
        y = torch.relu(self.second(y)[:, :, :-8].contiguous())
        return self.head(torch.relu(y + self.skip(x)))


class Scaled(nn.Module):
    """Standardisation, gating and arithmetic between layers."""

    def __init__(self):
        super().__init__()
        self.mean = nn.Parameter(torch.tensor([1.0, -2.0, 0.5]))
        self.deviation = nn.Parameter(torch.tensor([2.0, 0.5, 3.0]))
        self.rnn = nn.RNN(3, 6, nonlinearity="relu")
        self.gate = nn.Linear(6, 4)
        self.value = nn.Linear(6, 4)

    def forward(self, x):
        y = self.rnn((x - self.mean) / self.deviation)[0]
        gate = torch.sigmoid(self.gate(y))
        value = torch.nn.functional.elu(self.value(y))
        return 0.5 * (gate * value + (1 - gate) * torch.clamp(y[..., :4], -0.5, 1.5)) - value.mean(-1, keepdim=True)


class ManyOutputs(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(2, 4)
        self.a = nn.Linear(4, 2)
        self.b = nn.Linear(4, 3)

    def forward(self, x):
        y, (h, c) = self.lstm(x)
        return self.a(y), torch.sigmoid(self.b(y)), h, c


class Strided(nn.Module):
    """A strided convolution before a recurrent layer: one answer every second step."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(2, 4, 4, stride=2)
        self.gru = nn.GRU(4, 3, batch_first=True)

    def forward(self, x):
        return self.gru(torch.tanh(self.conv(x)).transpose(1, 2))[0]


class GroupedConv(nn.Module):
    def __init__(self):
        super().__init__()
        self.depthwise = nn.Conv1d(4, 8, 3, groups=4)
        self.pointwise = nn.Conv1d(8, 3, 1)

    def forward(self, x):
        return self.pointwise(torch.nn.functional.hardswish(self.depthwise(nn.functional.pad(x, (2, 0)))))


class WindowConv(nn.Module):
    """All steps of a window flattened: a convolution as long as what is left of the window."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(2, 4, 3)
        self.head = nn.Linear(4 * 6, 3)

    def forward(self, x):
        return self.head(torch.relu(self.conv(x)).flatten(1))


class WindowMean(nn.Module):
    """A recurrent layer averaged over the window, which has to start anew with each."""

    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(2, 4, batch_first=True)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.gru(x)[0].mean(1))


def torch_models():
    steps = 24
    with torch.no_grad():
        model, x = CausalConvGru(), torch.randn(1, steps, 3)
        y = model.eval()(x)
        for opset in (9, 11, 13, 17):
            export(f"conv_gru_op{opset}", model, (x,), opset, x[0], y[0], dynamic={"x": {0: "batch", 1: "time"}})

        model, tokens = Tagger(), torch.randint(0, 11, (1, steps))
        y = model.eval()(tokens)
        for opset in (7, 11, 17):
            export(f"embedding_lstm_op{opset}", model, (tokens,), opset, tokens[0][:, None], y[0], inputs=("tokens",),
                   dynamic={"tokens": {0: "batch", 1: "time"}} if opset >= 9 else None)

        for way, opset in (("slice", 9), ("range", 13), ("state", 17)):
            model, x = LastStep(way), torch.randn(1, steps, 3)
            y = torch.stack([model.eval()(x[:, :n + 1])[0] for n in range(steps)])
            export(f"last_{way}_op{opset}", model, (x,), opset, x[0], y, dynamic={"x": {0: "batch", 1: "time"}})

        for kind, cell, count in (("gru", nn.GRU, 1), ("lstm", nn.LSTM, 2)):
            model, x = StackedStep(cell), torch.randn(steps, 1, 3)
            zeros = [torch.zeros(2, 1, 5) for _ in range(count)]
            y = model.eval()(x, *zeros)[0]
            export(f"stacked_step_{kind}", model, (x[:1], *zeros), 13, x[:, 0], y[:, 0], inputs=("x", "h_in", "c_in")[:count + 1],
                   outputs=("y", "h_out", "c_out")[:count + 1])

        model, x, zero = SeparateStates(), torch.randn(steps, 1, 3), torch.zeros(1, 1, 5)
        y = model.eval()(x, zero, zero)[0]
        export("separate_states", model, (x[:1], zero, zero), 14, x[:, 0], y[:, 0], inputs=("x", "a", "b"), outputs=("y", "p", "q"))

        model, x = Tcn(), torch.randn(1, 2, steps)
        export("tcn_op12", model, (x,), 12, x[0].T, model.eval()(x)[0].T, dynamic={"x": {0: "batch", 2: "time"}})

        model, x = Scaled(), torch.randn(steps, 1, 3)
        for opset in (8, 14):
            export(f"scaled_op{opset}", model, (x,), opset, x[:, 0], model.eval()(x)[:, 0])

        model, x = ManyOutputs(), torch.randn(steps, 1, 2)
        a, b, _, _ = model.eval()(x)
        export("many_outputs", model, (x,), 15, x[:, 0], torch.cat([a, b], -1)[:, 0], outputs=("a", "b", "hn", "cn"))

        model, x = Strided(), torch.randn(1, 2, steps)
        export("strided", model, (x,), 13, x[0].T, model.eval()(x)[0])

        model, x = GroupedConv(), torch.randn(1, 4, steps)
        export("grouped", model, (x,), 14, x[0].T, model.eval()(x)[0].T)

        model, x = WindowConv(), torch.randn(1, 2, steps)
        y = torch.cat([model(x[:, :, t:t + 8]) for t in range(steps - 7)])
        export("window_conv", model, (x[:, :, :8],), 13, x[0].T, y)

        model, x = WindowMean(), torch.randn(1, steps, 2)
        y = torch.cat([model(x[:, t:t + 8]) for t in range(0, steps, 8)])
        export("window_mean", model, (x[:, :8],), 14, x[0], y)

        model, x = nn.GRU(3, 4), torch.randn(steps, 3)
        export("unbatched", model, (x,), 13, x, model(x)[0], outputs=("y", "hn"))


# ---- put together by hand -----------------------------------------------------------------------------------------------


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def bounded(x, clip):
    return x if clip is None else np.clip(x, -clip, clip)


def rnn(x, w, r, b, f, h=None, clip=None):
    size = r.shape[1]
    h = np.zeros(size) if h is None else h
    answers = []
    for row in x:
        h = f(bounded(w @ row + r @ h + b[:size] + b[size:], clip))
        answers.append(h)
    return np.array(answers)


def gru(x, w, r, b, f=sigmoid, g=np.tanh, h=None, clip=None, reset_after=False):
    size = r.shape[1]
    h = np.zeros(size) if h is None else h
    wz, wr, wh = np.split(w, 3)
    rz, rr, rh = np.split(r, 3)
    bz, br, bh, cz, cr, ch = np.split(b, 6)
    answers = []
    for row in x:
        z = f(bounded(wz @ row + rz @ h + bz + cz, clip))
        reset = f(bounded(wr @ row + rr @ h + br + cr, clip))
        inner = reset * (rh @ h + ch) if reset_after else rh @ (reset * h) + ch
        n = g(bounded(wh @ row + inner + bh, clip))
        h = (1 - z) * n + z * h
        answers.append(h)
    return np.array(answers)


def lstm(x, w, r, b, f=sigmoid, g=np.tanh, k=np.tanh, p=None, clip=None, h=None, c=None, input_forget=False):
    size = r.shape[1]
    h = np.zeros(size) if h is None else h
    c = np.zeros(size) if c is None else c
    pi, po, pf = np.split(np.zeros(3 * size) if p is None else p, 3)
    answers = []
    for row in x:
        ai, ao, af, ac = np.split(w @ row + r @ h + b[:4 * size] + b[4 * size:], 4)
        i = f(bounded(ai + pi * c, clip))
        forget = 1 - i if input_forget else f(bounded(af + pf * c, clip))
        c = forget * c + i * g(bounded(ac, clip))
        o = f(bounded(ao + po * c, clip))
        h = o * k(bounded(c, clip))
        answers.append(h)
    return np.array(answers)


def tensor(name, array):
    return numpy_helper.from_array(np.asarray(array, np.float32), name)


def ints(name, *values):
    return numpy_helper.from_array(np.array(values, np.int64), name)


def write(name, nodes, initializers, opset, x, y, inputs=None, outputs=None, producer="make.py"):
    inputs = inputs or [("x", TensorProto.FLOAT, [len(x), 1, x.shape[1]])]
    outputs = outputs or [("y", TensorProto.FLOAT, None)]
    graph = helper.make_graph(nodes, name, [helper.make_tensor_value_info(*i) for i in inputs],
                              [helper.make_tensor_value_info(*o) for o in outputs], initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name=producer)
    onnx.save(model, os.path.join(HERE, name + ".onnx"))
    save(name, x, y)


def weights(gates, inputs, hidden, scale=0.6):
    draw = lambda *shape: rng.uniform(-scale, scale, shape).astype(np.float32)
    return draw(gates * hidden, inputs), draw(gates * hidden, hidden), draw(2 * gates * hidden)


def cell_models():
    steps = 20
    x = rng.normal(size=(steps, 3)).astype(np.float32) * 2
    wide = x.astype(np.float64)

    w, r, b = weights(4, 3, 4)
    p, h, c = (rng.uniform(-0.5, 0.5, size).astype(np.float32) for size in (12, 4, 4))
    stored = [tensor("W", w[None]), tensor("R", r[None]), tensor("B", b[None]), tensor("P", p[None]),
              tensor("h", h[None, None]), tensor("c", c[None, None])]
    node = helper.make_node("LSTM", ["x", "W", "R", "B", "", "h", "c", "P"], ["y"], "lstm", hidden_size=4, clip=0.8)
    write("lstm_peephole_clip", [node], stored, 22, x, lstm(wide, w, r, b, p=p, clip=0.8, h=h, c=c))

    node = helper.make_node("LSTM", ["x", "W", "R", "B", "", "", "", "P"], ["y"], "lstm", hidden_size=4, input_forget=1)
    write("lstm_input_forget", [node], stored[:4], 14, x, lstm(wide, w, r, b, p=p, input_forget=True))

    node = helper.make_node("LSTM", ["x", "W", "R", "B"], ["y"], "lstm", hidden_size=4,
                            activations=["HardSigmoid", "Softsign", "ScaledTanh"], activation_alpha=[0.3, 1.2],
                            activation_beta=[0.4, 0.7])
    write("lstm_activations", [node], stored[:3], 7, x, lstm(
        wide, w, r, b, f=lambda v: np.clip(0.3 * v + 0.4, 0, 1), g=lambda v: v / (1 + np.abs(v)), k=lambda v: 1.2 * np.tanh(0.7 * v)))

    w, r, b = weights(3, 3, 5)
    stored = [tensor("W", w[None]), tensor("R", r[None]), tensor("B", b[None])]
    node = helper.make_node("GRU", ["x", "W", "R", "B"], ["y"], "gru", hidden_size=5, activations=["HardSigmoid", "Relu"])
    write("gru_before_activations", [node], stored, 23, x, gru(
        wide, w, r, b, f=lambda v: np.clip(0.2 * v + 0.5, 0, 1), g=lambda v: np.maximum(v, 0)))

    node = helper.make_node("GRU", ["x", "W", "R", "B"], ["", "y"], "gru", hidden_size=5, linear_before_reset=1, clip=0.5)
    write("gru_after_clip", [node], stored, 10, x, gru(wide, w, r, b, clip=0.5, reset_after=True))

    w, r, b = weights(1, 3, 6)
    stored = [tensor("W", w[None]), tensor("R", r[None]), tensor("B", b[None])]
    functions = {
        "Affine": ([0.8], [0.1], lambda v: 0.8 * v + 0.1), "LeakyRelu": ([], [], lambda v: np.where(v < 0, 0.01 * v, v)),
        "ThresholdedRelu": ([0.3], [], lambda v: np.where(v > 0.3, v, 0)), "Elu": ([], [], lambda v: np.where(v < 0, np.exp(v) - 1, v)),
        "Softplus": ([], [], lambda v: np.log1p(np.exp(v))),
    }
    for name, (alpha, beta, f) in functions.items():
        attributes = {"activations": [name]}
        if alpha:
            attributes["activation_alpha"] = alpha
        if beta:
            attributes["activation_beta"] = beta
        node = helper.make_node("RNN", ["x", "W", "R", "B"], ["y"], "rnn", hidden_size=6, clip=1.5, **attributes)
        write("rnn_" + name.lower(), [node], stored, 14, x, rnn(wide, w * 1, r, b, f, clip=1.5))


def keras_like_models():
    """Glue as tf2onnx writes it for Keras layers: open sizes, transposes, and a convolution over an image of height 1."""
    steps = 20
    x = rng.normal(size=(steps, 4)).astype(np.float32)
    wide = x.astype(np.float64)
    kernel, kernel_bias = (rng.uniform(-0.6, 0.6, s).astype(np.float32) for s in ((5, 4, 1, 3), (5,)))
    w, r, b = weights(4, 5, 6)
    head, head_bias = (rng.uniform(-0.6, 0.6, s).astype(np.float32) for s in ((6, 3), (3,)))
    nodes = [
        helper.make_node("Pad", ["x", "pads"], ["padded"], "model/conv/Pad"),
        helper.make_node("Transpose", ["padded"], ["channels_first"], "model/conv/t1", perm=[0, 2, 1]),
        helper.make_node("Unsqueeze", ["channels_first", "two"], ["image"], "model/conv/ExpandDims"),
        helper.make_node("Conv", ["image", "K", "KB"], ["convolved"], "model/conv/Conv2D", kernel_shape=[1, 3], strides=[1, 1],
                         dilations=[1, 1], group=1, auto_pad="VALID"),
        helper.make_node("Squeeze", ["convolved", "two"], ["sequence"], "model/conv/Squeeze"),
        helper.make_node("Relu", ["sequence"], ["active"], "model/conv/Relu"),
        helper.make_node("Transpose", ["active"], ["time_first"], "model/lstm/t2", perm=[2, 0, 1]),
        helper.make_node("Shape", ["active"], ["sizes"], "model/lstm/Shape"),
        helper.make_node("Cast", ["sizes"], ["sizes32"], "model/lstm/Shape__1", to=TensorProto.INT32),
        helper.make_node("Slice", ["sizes32", "zero", "one", "zero"], ["batch"], "model/lstm/strided_slice"),
        helper.make_node("Cast", ["batch"], ["batch64"], "model/lstm/Cast", to=TensorProto.INT64),
        helper.make_node("Concat", ["batch64", "units"], ["state_shape"], "model/lstm/zeros/packed", axis=0),
        helper.make_node("ConstantOfShape", ["state_shape"], ["zeros"], "model/lstm/zeros"),
        helper.make_node("Unsqueeze", ["zeros", "zero"], ["start"], "model/lstm/Unsqueeze"),
        helper.make_node("LSTM", ["time_first", "W", "R", "B", "", "start", "start"], ["Y", "Y_h", "Y_c"], "model/lstm/LSTM",
                         hidden_size=6, direction="forward"),
        helper.make_node("Squeeze", ["Y", "one"], ["all"], "model/lstm/Squeeze"),
        helper.make_node("Slice", ["all", "minus_one", "max", "zero"], ["last_one"], "model/lstm/strided_slice_2"),
        helper.make_node("Squeeze", ["last_one", "zero"], ["last"], "model/lstm/Squeeze_2"),
        helper.make_node("MatMul", ["last", "D"], ["product"], "model/dense/MatMul"),
        helper.make_node("Add", ["product", "DB"], ["logits"], "model/dense/BiasAdd"),
        helper.make_node("Softmax", ["logits"], ["y"], "model/dense/Softmax"),
    ]
    stored = [ints("pads", 0, 2, 0, 0, 0, 0), ints("two", 2), ints("zero", 0), ints("one", 1), ints("units", 6), ints("minus_one", -1),
              ints("max", 2147483647), tensor("K", kernel), tensor("KB", kernel_bias), tensor("W", w[None]), tensor("R", r[None]),
              tensor("B", b[None]), tensor("D", head), tensor("DB", head_bias)]
    padded = np.concatenate([np.zeros((2, 4)), wide])
    sequence = np.maximum(np.array([np.einsum("ock,kc->o", kernel[:, :, 0], padded[t:t + 3]) + kernel_bias for t in range(steps)]), 0)
    logits = lstm(sequence, w, r, b) @ head + head_bias
    y = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
    write("keras_conv_lstm", nodes, stored, 13, x, y, [("x", TensorProto.FLOAT, ["unk__1", "unk__2", 4])],
          [("y", TensorProto.FLOAT, ["unk__3", 3])], "tf2onnx")

    # TimeDistributed(Dense): time and batch are merged by a reshape and taken apart again.
    w, r, b = weights(3, 4, 6)
    nodes = [
        helper.make_node("Transpose", ["x"], ["time_first"], "gru/t", perm=[1, 0, 2]),
        helper.make_node("GRU", ["time_first", "W", "R", "B"], ["Y"], "gru/GRU", hidden_size=6, linear_before_reset=1),
        helper.make_node("Squeeze", ["Y"], ["all"], "gru/Squeeze", axes=[1]),
        helper.make_node("Transpose", ["all"], ["batch_first"], "gru/t2", perm=[1, 0, 2]),
        helper.make_node("Shape", ["batch_first"], ["sizes"], "td/Shape"),
        helper.make_node("Reshape", ["batch_first", "rows"], ["matrix"], "td/Reshape"),
        helper.make_node("Gemm", ["matrix", "DT", "DB"], ["flat"], "td/Gemm", transB=1, alpha=0.5, beta=2.0),
        helper.make_node("Slice", ["sizes"], ["outer"], "td/Slice", axes=[0], starts=[0], ends=[2]),
        helper.make_node("Concat", ["outer", "three"], ["back"], "td/Concat", axis=0),
        helper.make_node("Reshape", ["flat", "back"], ["scores"], "td/Reshape_1"),
        helper.make_node("ArgMax", ["scores"], ["y"], "td/ArgMax", axis=2, keepdims=0),
    ]
    stored = [ints("rows", -1, 6), ints("three", 3), tensor("W", w[None]), tensor("R", r[None]), tensor("B", b[None]),
              tensor("DT", head.T), tensor("DB", head_bias)]
    y = np.argmax(0.5 * gru(wide, w, r, b, reset_after=True) @ head + 2 * head_bias, -1)[:, None]
    write("keras_time_distributed", nodes, stored, 9, x, y, [("x", TensorProto.FLOAT, ["N", "T", 4])],
          [("y", TensorProto.INT64, ["N", "T"])], "tf2onnx")


torch_models()
cell_models()
keras_like_models()

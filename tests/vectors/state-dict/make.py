#!/usr/bin/python3
"""Makes the vectors of this folder with PyTorch (made with 1.13.1, Debian 12): seed 20260131, run without arguments.

containers: files whose tensors are known (NAME.pt or NAME.safetensors, values in NAME.json)
models:     state_dicts with input x and output y of the model they come from (values in NAME.json)
refused:    files a reader must refuse: legacy format, whole module, TorchScript, a pickle that wants to run a command

Every run gives the same bytes, except legacy.pt and torchscript.pt, where PyTorch writes addresses and identifiers of its own.
"""
import collections
import json
import os
import struct

import torch
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
SEED = 20260131


def path(name):
    return os.path.join(HERE, name)


def write_json(name, document):
    with open(path(name), "w") as file:
        json.dump(document, file)
        file.write("\n")


def values(tensor):
    return tensor.detach().to(torch.float32).tolist()


def write_safetensors(name, tensors, metadata=None):
    dtypes = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
              torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL"}
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for key, tensor in tensors.items():
        raw = bytes(tensor.detach().contiguous().reshape(-1).clone().storage().untyped().tolist())
        header[key] = {"dtype": dtypes[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path(name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


class Recurrent(nn.Module):
    def __init__(self, rnn, head=None, before=None):
        super().__init__()
        if before is not None:
            self.before = before
        self.rnn = rnn
        if head is not None:
            self.head = head

    def forward(self, x):
        if hasattr(self, "before"):
            x = self.before(x)
        y = self.rnn(x)[0]
        return self.head(y) if hasattr(self, "head") else y


class CellStack(nn.Module):
    """Cells of each kind one after another, stepped by hand."""

    def __init__(self):
        super().__init__()
        self.first = nn.RNNCell(2, 3)
        self.second = nn.GRUCell(3, 4)
        self.third = nn.LSTMCell(4, 3)

    def forward(self, x):
        a, b, c = torch.zeros(1, 3), torch.zeros(1, 4), None
        rows = []
        for row in x:
            a = self.first(row[None], a)
            b = self.second(a, b)
            c = self.third(b, c)
            rows.append(c[0][0])
        return torch.stack(rows)


class ConvLstm(nn.Module):
    """Unpadded convolution over time, so the first kernelSize - 1 samples have no answer."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(2, 4, 3)
        self.rnn = nn.LSTM(4, 3)

    def forward(self, x):
        return self.rnn(self.conv(x.T[None])[0].T)[0]


def save_model(name, model, x):
    torch.save(model.state_dict(), path(name + ".pt"))
    write_json(name + ".json", {"x": values(x), "y": values(model(x))})


def containers():
    base = torch.randn(4, 6)
    views = collections.OrderedDict()
    views["contiguous"] = base
    views["transposed"] = base.t()
    views["slice"] = base[1:3, 2:5]
    views["every_other"] = base[:, ::2]
    views["permuted"] = torch.randn(2, 3, 4).permute(2, 0, 1)
    views["double"] = torch.randn(3, dtype=torch.float64)
    views["half"] = torch.randn(3).half()
    views["bfloat16"] = torch.randn(3).bfloat16()
    views["int64"] = torch.tensor([1, -2, 3])
    views["int32"] = torch.tensor([1, -2, 3], dtype=torch.int32)
    views["int16"] = torch.tensor([1, -2, 300], dtype=torch.int16)
    views["int8"] = torch.tensor([1, -2, 127], dtype=torch.int8)
    views["uint8"] = torch.tensor([1, 2, 255], dtype=torch.uint8)
    views["bool"] = torch.tensor([True, False])
    views["scalar"] = torch.tensor([2.5])[0]
    views["empty"] = torch.empty(0, 3)
    views["parameter"] = nn.Parameter(torch.randn(2))
    known = {key: {"data": values(tensor.reshape(-1)), "shape": list(tensor.shape)} for key, tensor in views.items() if tensor.numel()}
    torch.save(views, path("views.pt"))
    write_safetensors("views.safetensors", views, {"format": "pt"})
    write_json("views.json", known)


def models():
    gru = Recurrent(nn.GRU(3, 4), nn.Linear(4, 2))
    x = torch.randn(9, 3)
    save_model("gru_linear", gru, x)
    torch.save({"epoch": 3, "lr": 0.5, "model_state_dict": gru.state_dict(), "optimizer": {"state": {}, "groups": [1, 2]}},
               path("gru_linear_checkpoint.pt"))
    # The common writer sorts by name.
    write_safetensors("gru_linear.safetensors", dict(sorted(gru.state_dict().items())))
    save_model("lstm_projection", Recurrent(nn.LSTM(3, 5, num_layers=2, proj_size=2)), x)
    save_model("cells", CellStack(), torch.randn(9, 2))
    save_model("conv_lstm", ConvLstm(), torch.randn(9, 2))
    embedding = Recurrent(nn.GRU(4, 3), before=nn.Embedding(7, 4))
    indices = torch.randint(0, 7, (9,))
    torch.save(embedding.state_dict(), path("embedding_gru.pt"))
    write_json("embedding_gru.json", {"x": values(indices[:, None]), "y": values(embedding(indices))})
    return gru


class Hostile:
    def __reduce__(self):
        return os.system, ("echo this must never run",)


def refused(gru):
    torch.save(gru.state_dict(), path("legacy.pt"), _use_new_zipfile_serialization=False)
    torch.save(gru, path("module.pt"))
    torch.save(nn.Linear(2, 2), path("torch_module.pt"))
    torch.jit.save(torch.jit.script(nn.Linear(2, 2)), path("torchscript.pt"))
    torch.save({"weight": torch.zeros(1), "bias": Hostile()}, path("hostile.pt"))


if __name__ == "__main__":
    torch.manual_seed(SEED)
    containers()
    refused(models())

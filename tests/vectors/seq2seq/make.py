"""Makes the encoder-decoder vectors beside this script: weights, input, and what PyTorch answers.

    /usr/bin/python3 make.py        PyTorch 1.13, NumPy

Every window is computed by itself from zero states, as a notebook would; the runtime has to give the same from a stream.
"""
import json
import pathlib

import numpy as np
import torch

SEED = 20240611
STEPS = 40
HERE = pathlib.Path(__file__).parent


class RepeatAutoencoder(torch.nn.Module):
    """Reconstructs a window; the code is repeated at every decoder step, the newest sample comes out first."""

    window, steps, hops = 10, 10, (4, 10)

    def __init__(self):
        super().__init__()
        self.encoder = torch.nn.LSTM(2, 6, batch_first=True)
        self.decoder = torch.nn.LSTM(6, 5, batch_first=True)
        self.head = torch.nn.Linear(5, 2)

    def forward(self, x):
        code = self.encoder(x)[0][:, -1:]
        newest_first = self.head(self.decoder(code.repeat(1, self.steps, 1))[0])
        return newest_first.flip(1)


class AutoregressiveForecaster(torch.nn.Module):
    """Forecasts from the last input and its own outputs; the decoder starts from the encoder's state."""

    window, steps, hops = 12, 5, (3, 12)

    def __init__(self):
        super().__init__()
        self.encoder = torch.nn.GRU(2, 8, batch_first=True)
        self.decoder = torch.nn.GRU(2, 8, batch_first=True)
        self.head = torch.nn.Linear(8, 2)

    def forward(self, x):
        state = self.encoder(x)[1]
        sample, answer = x[:, -1:], []
        for _ in range(self.steps):
            hidden, state = self.decoder(sample, state)
            sample = self.head(hidden)
            answer.append(sample)
        return torch.cat(answer, 1)


class EndlessForecaster(AutoregressiveForecaster):
    """Never forgets: every answer has seen the whole stream so far."""

    window, steps, hops = 0, 4, (7,)


class UnconditionedDecoder(torch.nn.Module):
    """The decoder reads zeros; all it knows is in the two states it takes over."""

    window, steps, hops = 8, 6, (5, 8)

    def __init__(self):
        super().__init__()
        self.encoder = torch.nn.LSTM(2, 7, batch_first=True)
        self.decoder = torch.nn.LSTM(1, 7, batch_first=True)
        self.head = torch.nn.Linear(7, 3)

    def forward(self, x):
        state = self.encoder(x)[1]
        return self.head(self.decoder(torch.zeros(len(x), self.steps, 1), state)[0])


def cell(name, kind):
    layer = {"name": name, "kind": kind, "gateOrder": "pytorch"}
    if kind == "gru":
        layer["reset"] = "after"
    for key, tensor in (("inputWeights", "weight_ih_l0"), ("recurrentWeights", "weight_hh_l0"),
                        ("inputBias", "bias_ih_l0"), ("recurrentBias", "bias_hh_l0")):
        layer[key] = f"{name}.{tensor}"
    return layer


def arch(title, kind, window, hop, decoder):
    head = {"name": "head", "kind": "dense", "weights": "head.weight", "bias": "head.bias"}
    return {
        "$schema": "../../../converter/arch.schema.json",
        "version": 1,
        "name": title,
        "inputSize": 2,
        "batchAxis": 0,
        "layers": [cell("encoder", kind)],
        "outputs": "encoder",
        "window": {"length": window, "hop": hop, "answer": "decoder"},
        "decoder": {**decoder, "layers": [cell("decoder", kind), head], "outputs": "head"},
    }


def windows(x, length, hop):
    """What each answer was computed from; length 0 is one endless window."""
    if length == 0:
        return [x[:end] for end in range(hop, STEPS + 1, hop)]
    return [x[start:start + length] for start in range(0, STEPS - length + 1, hop)]


def write(name, model, kind, decoder):
    for parameter in model.parameters():
        torch.nn.init.uniform_(parameter, -0.9, 0.9)
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    for key, value in model.state_dict().items():
        np.save(folder / f"{key}.npy", value.numpy())

    x = torch.randn(STEPS, 2).cumsum(0) * 0.3
    np.save(HERE / f"{name}.x.npy", x.numpy())
    for hop in model.hops:
        with torch.no_grad():
            y = [model(window[None]).reshape(-1).numpy() for window in windows(x, model.window, hop)]
        np.save(HERE / f"{name}.hop{hop}.y.npy", np.stack(y))
        text = json.dumps(arch(f"{name} hop {hop}", kind, model.window, hop, {"steps": model.steps, **decoder}), indent=2)
        (HERE / f"{name}.hop{hop}.arch.json").write_text(text + "\n")


torch.manual_seed(SEED)
links = [{"from": "encoder", "to": "decoder"}]
write("repeat", RepeatAutoencoder(), "lstm", {"feedback": "repeat", "handOver": "encoder", "reversedTarget": True})
forecast = {"feedback": "autoregressive", "handOver": "input", "stateLinks": links}
write("autoregressive", AutoregressiveForecaster(), "gru", forecast)
write("endless", EndlessForecaster(), "gru", forecast)
write("zero", UnconditionedDecoder(), "lstm", {"feedback": "zero", "inputSize": 1, "stateLinks": links})

#!/usr/bin/env python3
"""Makes the files of this folder, which tests of the command line read: a synthetic pump stream, a GRU forecaster trained on its normal part, and PyTorch's answers.

Nothing here was recorded from a machine: the stream is computed below from sines, noise and decaying impacts. Run with
PyTorch 1.13 on a CPU (about a minute); the same versions give the same files:

    /usr/bin/python3 make_pump.py

Writes beside this script: stream.csv, pump.pt (state_dict), pump.arch.json, expected.npy, segments.json.
"""
import json
import math
import os

import numpy as np
import torch

SEED = 20240517
RATE_HZ = 100
ROTATION_HZ = 1475 / 60          # pump shaft
FAULT_S, STOP_S, END_S = 42, 60, 75
TRAIN_S = 30                     # trained on the first 30 s; 30 s to 42 s is normal operation the network never saw
CHANNELS = ["ax", "ay", "az", "temperature"]
UNITS = ["g", "g", "g", "degC"]
HIDDEN = 16
CLIP = 10.0                      # standard deviations
HERE = os.path.dirname(os.path.abspath(__file__))


def make_stream(rng):
    """[steps, 4] float32 values as they stand in the CSV (rounded to what the sensors resolve)."""
    steps = END_S * RATE_HZ
    t = np.arange(steps) / RATE_HZ
    speed = np.clip(1 - (t - STOP_S) / 2.5, 0, 1)                      # the pump runs down within 2.5 s
    phase = 2 * math.pi * np.cumsum(ROTATION_HZ * speed) / RATE_HZ
    flow = 2 * math.pi * np.cumsum(6.1 * speed) / RATE_HZ
    load = 1 + 0.15 * np.sin(2 * math.pi * 0.21 * t)
    running = speed ** 2

    severity = np.where((t >= FAULT_S) & (t < STOP_S), 0.25 + 0.75 * (t - FAULT_S) / (STOP_S - FAULT_S), 0.0)
    impacts = np.zeros(steps)
    next_impact = float(FAULT_S)
    while next_impact < STOP_S:                                        # a spalled race: jittered impacts that ring
        start = int(next_impact * RATE_HZ)
        ring = np.arange(min(12, steps - start))
        strength = severity[start] * (0.6 + 0.8 * rng.random())
        impacts[start:start + len(ring)] += strength * np.exp(-ring / 3.0) * np.cos(2.3 * ring)
        next_impact += 0.11 * (1 + 0.25 * rng.standard_normal())

    ax = running * load * (0.120 * np.sin(phase) + 0.050 * np.sin(flow)) + 0.45 * impacts
    ay = running * load * (0.090 * np.cos(phase + 0.4) + 0.035 * np.sin(flow + 1.1)) + 0.60 * impacts
    az = 1.0 + running * load * 0.060 * np.sin(phase + 1.3) + 0.30 * impacts
    vibration = np.stack([ax, ay, az], 1) + 0.008 * rng.standard_normal((steps, 3))

    heat = np.zeros(steps)
    for i in range(1, steps):                                          # first-order heating and cooling
        target = 2.5 * severity[i] - 6.0 * (1 - speed[i])
        heat[i] = heat[i - 1] + (target - heat[i - 1]) / (12 * RATE_HZ)
    temperature = 41.5 + 0.6 * np.sin(2 * math.pi * t / 24) + heat + 0.02 * rng.standard_normal(steps)

    decimals = [4, 4, 4, 2]
    columns = [vibration[:, 0], vibration[:, 1], vibration[:, 2], temperature]
    return t, np.stack([np.round(c, d) for c, d in zip(columns, decimals)], 1).astype(np.float32)


class Forecaster(torch.nn.Module):
    """The next sample, in standard deviations, from all samples so far."""

    def __init__(self):
        super().__init__()
        self.rnn = torch.nn.GRU(len(CHANNELS), HIDDEN, batch_first=True)
        self.head = torch.nn.Linear(HIDDEN, len(CHANNELS))

    def forward(self, x):
        return self.head(self.rnn(x)[0])


def train(z):
    """Trains on z [steps, 4] by truncated backpropagation through windows of 150 steps."""
    model, length, batch, rounds = Forecaster(), 150, 16, 1500
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, rounds, eta_min=1e-4)
    picks = np.random.default_rng(SEED + 1)
    for step in range(rounds):
        starts = picks.integers(0, len(z) - length - 1, batch)
        x = torch.stack([z[s:s + length] for s in starts])
        y = torch.stack([z[s + 1:s + length + 1] for s in starts])
        loss = (model(x) - y)[:, 20:].pow(2).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 250 == 0 or step == rounds - 1:
            print(f"step {step:5d}  loss {loss.item():.4f}")
    return model


def main():
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    t, stream = make_stream(np.random.default_rng(SEED))
    normal = stream[:TRAIN_S * RATE_HZ].astype(np.float64)
    mean, std = normal.mean(0).astype(np.float32), normal.std(0).astype(np.float32)
    inverse = (1.0 / std.astype(np.float64)).astype(np.float32)
    z = torch.from_numpy(np.clip((stream - mean) * inverse, -CLIP, CLIP))

    model = train(z[:TRAIN_S * RATE_HZ])
    with torch.no_grad():
        forecast = model(z[None])[0].numpy()

    with open(os.path.join(HERE, "stream.csv"), "w", newline="\n") as csv:
        csv.write("time," + ",".join(CHANNELS) + "\n")
        for time, row in zip(t, stream):
            csv.write(f"{time:.2f},{row[0]:.4f},{row[1]:.4f},{row[2]:.4f},{row[3]:.2f}\n")
    torch.save(model.state_dict(), os.path.join(HERE, "pump.pt"))
    np.save(os.path.join(HERE, "expected.npy"), forecast)
    arch = {
        "version": 1,
        "name": "pump vibration forecaster",
        "inputSize": len(CHANNELS),
        "preprocessing": {
            "channels": CHANNELS, "units": UNITS,
            "mean": [float(v) for v in mean], "std": [float(v) for v in std], "clip": CLIP,
        },
        "layers": [
            {"name": "rnn", "kind": "gru", "gateOrder": "pytorch", "reset": "after",
             "inputWeights": "rnn.weight_ih_l0", "recurrentWeights": "rnn.weight_hh_l0",
             "inputBias": "rnn.bias_ih_l0", "recurrentBias": "rnn.bias_hh_l0"},
            {"name": "head", "kind": "dense", "weights": "head.weight", "bias": "head.bias"},
        ],
        "outputs": "head",
        "metadata": {"data": "synthetic pump stream, make_pump.py"},
    }
    demo = {
        "rateHz": RATE_HZ,
        "segments": [
            {"name": "normal, trained on", "startS": 0},
            {"name": "normal, never seen", "startS": TRAIN_S},
            {"name": "bearing fault", "startS": FAULT_S},
            {"name": "stopped", "startS": STOP_S},
        ],
    }
    for name, value in (("pump.arch.json", arch), ("segments.json", demo)):
        with open(os.path.join(HERE, name), "w", newline="\n") as text:
            text.write(json.dumps(value, indent=2) + "\n")

    error = np.abs(z.numpy()[1:] - forecast[:-1]).mean(1)
    bounds = [0, TRAIN_S, FAULT_S, STOP_S, END_S]
    for (start, end) in zip(bounds, bounds[1:]):
        part = error[max(start * RATE_HZ - 1, 0):end * RATE_HZ - 1]
        print(f"{start:3d} s to {end:3d} s: forecast error mean {part.mean():.3f}, 99 % {np.quantile(part, 0.99):.3f} standard deviations")


if __name__ == "__main__":
    main()

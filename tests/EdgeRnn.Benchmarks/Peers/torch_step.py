"""One step at a time through PyTorch's cells, state kept: python3 torch_step.py FOLDER MILLISECONDS

FOLDER holds case.json, weights.bin and signal.bin. Prints one JSON document: version, answers, ns, callNs.
"""
import json
import sys
import time

import numpy as np
import torch

folder, milliseconds = sys.argv[1], float(sys.argv[2])
with open(f"{folder}/case.json", encoding="utf-8") as file:
    case = json.load(file)
size, hidden, cell, steps = case["input"], case["hidden"], case["cell"], case["steps"]
gates = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
torch.set_num_threads(1)
torch.set_grad_enabled(False)

# Canonical order: GRU z r n (PyTorch r z n), LSTM i f g o (the same there); GRU biases b_z b_r b_Wn b_Un.
values = np.fromfile(f"{folder}/weights.bin", dtype="<f4")
lengths = [gates * hidden * size, gates * hidden * hidden, (1 if cell == "rnn" else 4) * hidden, hidden, 1]
w, u, b, head, head_bias = np.split(values, np.cumsum(lengths)[:-1])
order = [1, 0, 2] if cell == "gru" else list(range(gates))
w, u = (m.reshape(gates, hidden, -1)[order].reshape(gates * hidden, -1) for m in (w, u))
blocks = b.reshape(-1, hidden)
bias_input = blocks[order].ravel()
bias_hidden = np.zeros_like(bias_input)
if cell == "gru":
    bias_hidden[2 * hidden:] = blocks[3]

step = {"rnn": torch.nn.RNNCell, "gru": torch.nn.GRUCell, "lstm": torch.nn.LSTMCell}[cell](size, hidden)
for parameter, array in ((step.weight_ih, w), (step.weight_hh, u), (step.bias_ih, bias_input), (step.bias_hh, bias_hidden)):
    parameter.copy_(torch.from_numpy(np.ascontiguousarray(array)))
linear = torch.nn.Linear(hidden, 1)
linear.weight.copy_(torch.from_numpy(head.reshape(1, hidden)))
linear.bias.copy_(torch.from_numpy(head_bias))
nothing = torch.nn.Identity()
samples = torch.from_numpy(np.fromfile(f"{folder}/signal.bin", dtype="<f4").reshape(steps, 1, size))

zero = torch.zeros(1, hidden)
state = (zero, zero) if cell == "lstm" else zero
answers = []
for sample in samples:
    state = step(sample, state)
    answers.append(float(linear(state[0] if cell == "lstm" else state)[0, 0]))


def run(count):
    h = state
    start = time.perf_counter_ns()
    for i in range(count):
        h = step(samples[i % steps], h)
        linear(h[0] if cell == "lstm" else h)
    return (time.perf_counter_ns() - start) / count


def call(count):
    start = time.perf_counter_ns()
    for i in range(count):
        nothing(samples[i % steps])
    return (time.perf_counter_ns() - start) / count


run(300)
times, calls, end = [], [], time.monotonic() + milliseconds / 1000
while not times or time.monotonic() < end:
    times.append(run(100))
    calls.append(call(100))
print(json.dumps({"version": torch.__version__, "answers": answers, "ns": sorted(times)[len(times) // 2],
                  "callNs": sorted(calls)[len(calls) // 2]}))

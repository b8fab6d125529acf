#!/usr/bin/env python3
"""Trains the forecasters of the shipped scenarios: GRU(n -> hidden) + Dense(hidden -> n), the next sample from those so far.

    make_models.py RECORDINGS OUT [NAME...] [--seed 1]

RECORDINGS holds NAME.SEED.csv for the seeds 2 to 5, as `edgernn record --scenario NAME.yaml --seed SEED` writes them (README.md has the
commands). NAME, channels, size and steps are those of models.json. Writes NAME.pt, a PyTorch state_dict, and NAME.arch.json, what its tensors
mean, with the mean and deviation of the recordings. Seeds give the same files on the same build of PyTorch; one CPU thread.
"""
import argparse
import csv
import json
import os
import zlib

import numpy as np
import torch
from torch import nn

SEEDS = (2, 3, 4, 5)
WINDOW = 96        # rows per training window
WARM = 24          # rows of a window that only warm the state
BATCH = 32


class Forecaster(nn.Module):
    def __init__(self, channels, hidden):
        super().__init__()
        self.rnn = nn.GRU(channels, hidden, batch_first=True)
        self.head = nn.Linear(hidden, channels)

    def forward(self, x):
        return self.head(self.rnn(x)[0])


def recording(path, channels):
    """Rows [n, channels]; those a sensor that was starting has left empty are not there."""
    with open(path, newline='') as file:
        rows = [[row[name] for name in channels] for row in csv.DictReader(file)]
    return np.array([row for row in rows if all(row)], dtype=np.float64)


def train(data, hidden, steps, seed):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Forecaster(data[0].shape[1], hidden)
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1e-2, total_steps=steps)
    loss_of = nn.SmoothL1Loss()
    for _ in range(steps):
        windows = []
        for _ in range(BATCH):
            rows = data[rng.integers(len(data))]
            start = rng.integers(0, len(rows) - WINDOW)
            windows.append(rows[start:start + WINDOW + 1])
        z = torch.tensor(np.stack(windows), dtype=torch.float32)
        loss = loss_of(net(z[:, :-1])[:, WARM:], z[:, 1 + WARM:])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        plan.step()
    return net, float(loss)


def describe(name, model, mean, deviation, seed):
    return {
        'version': 1,
        'name': f'{name}: forecaster of the next sample',
        'inputSize': len(mean),
        'preprocessing': {
            'channels': model['channels'], 'units': model['units'],
            'mean': [float(np.float32(x)) for x in mean], 'std': [float(np.float32(x)) for x in deviation], 'clip': 10.0,
        },
        'layers': [
            {'name': 'rnn', 'kind': 'gru', 'gateOrder': 'pytorch', 'reset': 'after', 'inputWeights': 'rnn.weight_ih_l0',
             'recurrentWeights': 'rnn.weight_hh_l0', 'inputBias': 'rnn.bias_ih_l0', 'recurrentBias': 'rnn.bias_hh_l0'},
            {'name': 'head', 'kind': 'dense', 'weights': 'head.weight', 'bias': 'head.bias'},
        ],
        'outputs': 'head',
        'metadata': {'data': f'simulated: {name}.yaml, seeds 2 to 5; make_models.py, seed {seed}, {model["steps"]} steps'},
    }


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('recordings')
    arguments.add_argument('out')
    arguments.add_argument('names', nargs='*')
    arguments.add_argument('--seed', type=int, default=1)
    a = arguments.parse_args()
    torch.set_num_threads(1)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'models.json')) as file:
        models = json.load(file)
    for name in a.names or sorted(models):
        model = models[name]
        data = [recording(os.path.join(a.recordings, f'{name}.{s}.csv'), model['channels']) for s in SEEDS]
        every = np.concatenate(data)
        mean, deviation = every.mean(0), every.std(0)
        deviation[deviation == 0] = 1   # of something that never happens
        data = [(rows - mean) / deviation for rows in data]
        net, loss = train(data, model['hidden'], model['steps'], a.seed + zlib.crc32(name.encode()))
        still = float(np.mean([np.abs(np.diff(rows, axis=0)).mean() for rows in data]))
        with torch.no_grad():
            rows = torch.tensor(data[0][None, :4000], dtype=torch.float32)
            error = float((net(rows[:, :-1]) - rows[:, 1:])[:, WARM:].abs().mean())
        torch.save(net.state_dict(), os.path.join(a.out, name + '.pt'))
        with open(os.path.join(a.out, name + '.arch.json'), 'w') as file:
            json.dump(describe(name, model, mean, deviation, a.seed), file, indent=2)
            file.write('\n')
        print(f'{name}: mean error {error:.3f} deviations, "no change" {still:.3f}; last loss {loss:.4f}', flush=True)


if __name__ == '__main__':
    main()

#!/usr/bin/env python3
"""Trains the forecaster for any single sensor: GRU(2->16) + Dense(16->1), the next value from the value and its difference.

    train_forecaster.py DATA forecaster.pt [--seed 1] [--epochs 600]

DATA holds FOLDER/NAME.csv files (timestamp,value). Only the probation rows of each series, the first min(0.15 n, 750), are
read, standardised by their own mean and deviation; no label is read. Every window is stretched, shifted and sometimes turned
upside down, so that the network learns how series move and not where they lie.
"""
import argparse
import csv
import glob
import os

import numpy as np
import torch
from torch import nn

WINDOW = 96        # rows per training window
WARM = 16          # rows of a window that only warm the state and are not scored
PER_SERIES = 4     # windows of each series per step
CLIP = 6.0         # standardised values beyond this are cut, in training only


class Forecaster(nn.Module):
    def __init__(self, hidden=16):
        super().__init__()
        self.rnn = nn.GRU(2, hidden, batch_first=True)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        return self.head(self.rnn(x)[0])[..., 0]


def probation(path):
    with open(path, newline='') as file:
        x = np.array([float(row['value']) for row in csv.DictReader(file)])
    x = x[:min(int(0.15 * len(x)), 750)]
    deviation = max(x.std(), 1e-6 * max(1.0, abs(x.mean())))
    return np.clip((x - x.mean()) / deviation, -CLIP, CLIP)


def window(series, rng):
    start = rng.integers(0, len(series) - WINDOW)
    return series[start:start + WINDOW + 1] * rng.uniform(0.6, 1.4) * rng.choice([-1, 1]) + rng.normal() * 0.3


def train(series, seed, epochs):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Forecaster()
    optimiser = torch.optim.Adam(net.parameters(), lr=5e-3, weight_decay=1e-5)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1e-2, total_steps=epochs)
    loss_of = nn.SmoothL1Loss(beta=1.0)
    for _ in range(epochs):
        z = np.stack([window(s, rng) for s in series for _ in range(PER_SERIES)])
        both = np.stack([z, np.diff(z, prepend=z[:, :1])], -1).astype(np.float32)
        forecast = net(torch.tensor(both[:, :-1]))
        loss = loss_of(forecast[:, WARM:], torch.tensor(z[:, 1:], dtype=torch.float32)[:, WARM:])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        plan.step()
    return net, float(loss)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('data')
    arguments.add_argument('out')
    arguments.add_argument('--seed', type=int, default=1)
    arguments.add_argument('--epochs', type=int, default=600)
    a = arguments.parse_args()
    torch.set_num_threads(1)
    paths = sorted(p for p in glob.glob(os.path.join(a.data, '*', '*.csv')) if '__' not in os.path.basename(p))
    net, loss = train([probation(p) for p in paths], a.seed, a.epochs)
    # As the device computes it: value and difference are a causal convolution over the value alone.
    difference = {'difference.weight': torch.tensor([[[0.0, 1.0]], [[-1.0, 1.0]]])}
    torch.save({**difference, **net.state_dict()}, a.out)
    print(f'{a.out}: {len(paths)} series, last loss {loss:.4f}')


if __name__ == '__main__':
    main()

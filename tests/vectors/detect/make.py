#!/usr/bin/env python3
"""What PyTorch forecasts with the weights of the forecaster that ships: forecaster.x.npy to forecaster.y.npy, [steps, 1].

    /usr/bin/python3 tests/vectors/detect/make.py [--seed 4]

The input is standardised: a noisy swing with a step up and a spike. Made with PyTorch 1.13 on a CPU.
"""
import argparse
import os

import numpy as np
import torch
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
WEIGHTS = os.path.join(HERE, '..', '..', '..', 'converter', 'EdgeRnn.Cli', 'Examples', 'forecaster', 'forecaster.pt')
STEPS = 300


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--seed', type=int, default=4)
    seed = arguments.parse_args().seed
    weights = torch.load(WEIGHTS)
    gru, head = nn.GRU(2, 16, batch_first=True), nn.Linear(16, 1)
    gru.load_state_dict({name[4:]: tensor for name, tensor in weights.items() if name.startswith('rnn.')})
    head.load_state_dict({name[5:]: tensor for name, tensor in weights.items() if name.startswith('head.')})
    rng = np.random.default_rng(seed)
    t = np.arange(STEPS)
    x = np.sin(t / 9) + 0.2 * rng.normal(size=STEPS) + 3 * (t >= 180) + 8 * (t == 120)
    x = x.astype(np.float32)
    before = np.concatenate([[np.float32(0)], x[:-1]])  # a stream starts from zeros
    with torch.no_grad():
        y = head(gru(torch.tensor(np.stack([x, x - before], -1))[None])[0])[0].numpy()
    np.save(os.path.join(HERE, 'forecaster.x.npy'), x[:, None])
    np.save(os.path.join(HERE, 'forecaster.y.npy'), y)
    print(f'seed {seed}: {STEPS} steps, forecasts from {y.min():.3f} to {y.max():.3f}')


if __name__ == '__main__':
    main()

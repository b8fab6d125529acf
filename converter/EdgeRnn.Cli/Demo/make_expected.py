#!/usr/bin/env python3
"""Writes expected.npy: what PyTorch answers to every row of stream.csv with the weights of the scenario `bearing`.

    /usr/bin/python3 make_expected.py

One CPU thread; the same build of PyTorch gives the same file.
"""
import csv
import json
import os

import numpy as np
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = os.path.join(HERE, "../../../hardware/EdgeRnn.Simulator/models/vibration-mpu6050")


def main():
    torch.set_num_threads(1)
    with open(MODEL + ".arch.json") as file:
        prep = json.load(file)["preprocessing"]
    weights = torch.load(MODEL + ".pt")
    hidden, channels = weights["rnn.weight_hh_l0"].shape[1], len(prep["channels"])
    rnn, head = torch.nn.GRU(channels, hidden, batch_first=True), torch.nn.Linear(hidden, channels)
    rnn.load_state_dict({name[4:]: value for name, value in weights.items() if name.startswith("rnn.")})
    head.load_state_dict({name[5:]: value for name, value in weights.items() if name.startswith("head.")})
    with open(os.path.join(HERE, "stream.csv"), newline="") as file:
        rows = np.array([[row[name] for name in prep["channels"]] for row in csv.DictReader(file)], dtype=np.float32)
    mean, std = np.array(prep["mean"], np.float32), np.array(prep["std"], np.float32)
    z = np.clip((rows - mean) * (1 / std.astype(np.float64)).astype(np.float32), -prep["clip"], prep["clip"])
    with torch.no_grad():
        answers = head(rnn(torch.from_numpy(z.astype(np.float32))[None])[0])[0].numpy()
    np.save(os.path.join(HERE, "expected.npy"), answers)
    print(f"expected.npy: {answers.shape[0]} rows of {answers.shape[1]} answers")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Makes the files of the ECG example: an excerpt of a real recording, a forecaster trained on normal beats, and PyTorch's answers.

    make_ecg.py ECG.DAT                        record 208, the example beside this script
    make_ecg.py --record 100 DIR OUTPUT        record 100 by the same method, into the folder OUTPUT; nothing of it is shipped

ECG.DAT is scipy/misc/ecg.dat of SciPy 1.10 (Debian 12: package python3-scipy): lead MLII of record 208 of the MIT-BIH Arrhythmia
Database from 19:35 to 24:35. DIR holds 100.dat of the same database and its annotations as beats.csv with the columns sample and
symbol. Both are under the Open Data Commons Attribution License 1.0, see LICENSE. Run with PyTorch 1.13 on one CPU core (three
minutes); the same versions give the same files.
"""
import argparse
import csv
import json
import os

import numpy as np
import torch

SEED = 20240601
RATE_HZ = 360
LEAD = 24                        # samples (67 ms) between a sample and what its forecast speaks about
LAG = 8                          # the GRU reads x[t] - x[t - LAG], which baseline wander hardly moves
HIDDEN = 16
CLIP = 10.0                      # standard deviations
ROUNDS, LENGTH, BATCH, SETTLE = 700, 540, 24, 100
EXPECTED_STEPS = 3600
HERE = os.path.dirname(os.path.abspath(__file__))

# The detector this example was measured with; samples unless said otherwise.
WARM_UP, CALIBRATE_END = 2 * RATE_HZ, 15 * RATE_HZ
SMOOTHING = 60                   # EWMA with alpha 1 / 60
QUANTILE, FACTOR = 0.99, 1.3     # threshold: FACTOR times this quantile of the score while calibrating
HOLD_OFF = 108                   # 0.3 s
PROMPT = 180                     # a beat is detected if an alarm starts within 0.5 s of its onset


class Recording:
    """ADC counts of one lead [samples], beats as (sample of the peak, kind), and which part trains."""

    def __init__(self, name, counts, beats, train, scored):
        self.name, self.counts, self.beats, self.train, self.scored = name, counts, beats, train, scored

    def is_normal(self):
        """[samples] bool: far from every beat that is not normal, and from where the amplifier is overdriven."""
        normal = np.ones(len(self.counts), bool)
        for peak, kind in self.beats:
            if kind != "N":
                normal[max(0, peak - 50):peak + 200] = False
        for i in np.flatnonzero((self.counts > 1400) | (self.counts < 600)):
            normal[max(0, i - 100):i + 300] = False
        return normal


def flattened(counts):
    """Counts without their baseline, which is the median over 0.6 s around each sample."""
    half = 108
    padded = np.pad(counts.astype(np.float64), half, mode="edge")
    return counts - np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1), axis=1)


def onset_of(flat, peak):
    """The first sample of the rise, or fall, to the peak: beyond a fifth of it."""
    start = peak
    while start > 0 and flat[start] / flat[peak] > 0.2:
        start -= 1
    return start


def mark_by_rule(counts):
    """Beats of record 208, by rule and not by a cardiologist.

    A beat is the highest sample within 0.2 s either side, at least 180 counts (0.9 mV) over the baseline. Its width is what lies
    over half of its height. 36 ms or less: N, normal. 60 ms or more: V, ventricular. Else F: between both, or not clear.
    """
    flat, reach, beats = flattened(counts), 72, []
    highest = np.lib.stride_tricks.sliding_window_view(np.pad(flat, reach, constant_values=-1e9), 2 * reach + 1).max(axis=1)
    for peak in np.flatnonzero((flat >= highest) & (flat > 180)):
        if beats and peak - beats[-1][0] < reach:
            continue
        left = right = peak
        while left > 0 and flat[left] > flat[peak] / 2:
            left -= 1
        while right < len(flat) - 1 and flat[right] > flat[peak] / 2:
            right += 1
        width_ms = 1000 * (right - left) / RATE_HZ
        beats.append((int(peak), "N" if width_ms <= 36 else "V" if width_ms >= 60 else "F"))
    return beats


def read_208(path):
    counts = np.load(path)["ecg"].astype(np.int64)
    if len(counts) != 300 * RATE_HZ:
        raise SystemExit(f"{path}: expected {300 * RATE_HZ} samples of record 208, found {len(counts)}")
    split = 120 * RATE_HZ        # what the example ships was never trained on
    return Recording("208", counts, mark_by_rule(counts), (split, len(counts)), (CALIBRATE_END, split))


def read_100(folder):
    raw = np.fromfile(os.path.join(folder, "100.dat"), np.uint8).reshape(-1, 3).astype(np.int64)
    counts = raw[:, 0] + ((raw[:, 1] & 15) << 8)                       # WFDB format 212: the first of each pair is MLII
    counts -= (counts > 2047) * 4096
    with open(os.path.join(folder, "beats.csv")) as lines:
        beats = [(int(row["sample"]), row["symbol"]) for row in csv.DictReader(lines) if row["symbol"] in "NAV"]
    start, split = CALIBRATE_END, CALIBRATE_END + 300 * RATE_HZ
    return Recording("100", counts, beats, (start, split), (split, len(counts)))


class Forecaster(torch.nn.Module):
    """The sample LEAD steps ahead, in standard deviations: the present one plus what a GRU makes of the differences."""

    def __init__(self):
        super().__init__()
        self.difference = torch.nn.Conv1d(1, 1, LAG + 1, bias=False)
        self.rnn = torch.nn.GRU(1, HIDDEN, batch_first=True)
        self.change = torch.nn.Linear(HIDDEN, 1)
        self.difference.weight.requires_grad_(False).zero_()
        self.difference.weight[0, 0, 0], self.difference.weight[0, 0, LAG] = -1.0, 1.0

    def forward(self, x):
        """x [batch, steps, 1] to forecasts of the same shape."""
        differences = self.difference(torch.nn.functional.pad(x.transpose(1, 2), (LAG, 0))).transpose(1, 2)
        return x + self.change(self.rnn(differences)[0])


def train(z, normal, start, end):
    """Trains on windows of z [samples] from start to end. Errors count where the sample forecast is normal."""
    model = Forecaster()
    optimiser = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=0.01)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, ROUNDS, eta_min=1e-4)
    picks = np.random.default_rng(SEED)
    for step in range(ROUNDS):
        starts = picks.integers(start, end - LENGTH - LEAD, BATCH)
        x = torch.stack([z[s:s + LENGTH] for s in starts])[..., None]
        y = torch.stack([z[s + LEAD:s + LEAD + LENGTH] for s in starts])
        counted = torch.stack([normal[s + LEAD:s + LEAD + LENGTH] for s in starts]).float()
        counted[:, :SETTLE] = 0
        loss = ((model(x)[..., 0] - y).abs() * counted).sum() / counted.sum()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 100 == 0 or step == ROUNDS - 1:
            print(f"step {step:5d}  loss {loss.item():.4f}", flush=True)
    return model


def smoothed_error(z, forecast, lead):
    """EWMA of |z[t] - forecast[t - lead]|, [samples]."""
    error = np.zeros(len(z))
    error[lead:] = np.abs(z[lead:] - forecast[:-lead])
    level, out = 0.0, np.empty(len(z))
    for t, value in enumerate(error):
        level += (value - level) / SMOOTHING
        out[t] = level
    return out


def alarm_starts(score, threshold):
    """Samples at which an alarm starts: over the threshold, and not within HOLD_OFF of an alarm before."""
    starts, quiet_until = [], CALIBRATE_END
    alarming = False
    for t in range(CALIBRATE_END, len(score)):
        over = score[t] > threshold
        if over and not alarming and t >= quiet_until:
            alarming = True
            starts.append(t)
        elif alarming and not over:
            alarming, quiet_until = False, t + HOLD_OFF
    return np.array(starts, int)


def report(recording, name, score, start, end):
    """Prints how alarms and beats from start to end agree."""
    threshold = FACTOR * np.quantile(score[WARM_UP:CALIBRATE_END], QUANTILE)
    flat, alarms = flattened(recording.counts), alarm_starts(score, threshold)
    alarms = alarms[(alarms >= start) & (alarms < end)]
    total, found, highest, cause = {}, {}, {}, ["no beat"] * len(alarms)
    for peak, kind in recording.beats:
        onset = onset_of(flat, peak)
        if not start <= onset < end - PROMPT:
            continue
        prompt = (alarms >= onset) & (alarms < onset + PROMPT)
        total[kind] = total.get(kind, 0) + 1
        found[kind] = found.get(kind, 0) + bool(prompt.any())
        highest.setdefault(kind, []).append(score[onset:onset + PROMPT].max())
        for i in np.flatnonzero(prompt):                               # an alarm belongs to the last onset before it
            cause[i] = kind
    kinds = sorted(total)
    above = np.mean(np.array(highest["V"])[:, None] > np.array(highest["N"])[None])
    print(f"{name}, {start // RATE_HZ} s to {end // RATE_HZ} s: threshold {threshold:.3f}; beats with a prompt alarm: "
          + ", ".join(f"{kind} {found[kind]} of {total[kind]}" for kind in kinds) + f"; {len(alarms)} alarms: "
          + ", ".join(f"{kind} {cause.count(kind)}" for kind in kinds + ["no beat"]) + f"; a V scores above an N: {above:.4f}")


def arch_of(recording, mean, inverse):
    return {
        "version": 1,
        "name": f"ECG forecaster, record {recording.name}",
        "inputSize": 1,
        "preprocessing": {"channels": ["MLII"], "units": ["counts"], "mean": [float(mean)], "inverseScale": [float(inverse)], "clip": CLIP},
        "layers": [
            {"name": "difference", "kind": "conv1d", "layout": "pytorch", "padding": "causal", "weights": "difference.weight"},
            {"name": "rnn", "kind": "gru", "gateOrder": "pytorch", "reset": "after",
             "inputWeights": "rnn.weight_ih_l0", "recurrentWeights": "rnn.weight_hh_l0",
             "inputBias": "rnn.bias_ih_l0", "recurrentBias": "rnn.bias_hh_l0"},
            {"name": "change", "kind": "dense", "weights": "change.weight", "bias": "change.bias"},
            {"name": "forecast", "kind": "add", "inputs": ["input", "change"]},
        ],
        "outputs": "forecast",
        "metadata": {
            "forecast": f"the sample {LEAD} steps after the newest",
            "data": f"MIT-BIH Arrhythmia Database, record {recording.name}, lead MLII (ODC-By 1.0); make_ecg.py",
        },
    }


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", newline="\n") as file:
        file.write(text)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--record", choices=["208", "100"], default="208")
    arguments.add_argument("source", help="ECG.DAT, or the folder of record 100")
    arguments.add_argument("output", nargs="?", default=HERE, help="folder to write to; record 208: beside this script")
    given = arguments.parse_args()
    recording = read_208(given.source) if given.record == "208" else read_100(given.source)
    if given.record != "208" and os.path.abspath(given.output) == HERE:
        raise SystemExit("record 100 is not part of the example: give a folder to write to")
    os.makedirs(given.output, exist_ok=True)

    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    start, end = recording.train
    normal = recording.is_normal()
    trained = recording.counts[start:end][normal[start:end]].astype(np.float64)
    mean, inverse = np.float32(trained.mean()), np.float32(1 / trained.std())
    counts = recording.counts.astype(np.float32)
    z = torch.from_numpy(np.clip((counts - mean) * inverse, np.float32(-CLIP), np.float32(CLIP)))
    model = train(z, torch.from_numpy(normal), start, end)
    with torch.no_grad():
        forecast = model(z[None, :, None])[0, :, 0].numpy()

    name = "ecg" if recording.name == "208" else "ecg100"
    torch.save(model.state_dict(), os.path.join(given.output, name + ".pt"))
    write(given.output, name + ".arch.json", json.dumps(arch_of(recording, mean, inverse), indent=2) + "\n")
    np.save(os.path.join(given.output, "expected.npy"), forecast[:EXPECTED_STEPS, None])
    shipped = recording.scored[1] if recording.name == "208" else len(counts)
    write(given.output, "stream.csv", "MLII\n" + "".join(f"{value}\n" for value in recording.counts[:shipped]))
    flat = flattened(recording.counts)
    write(given.output, "beats.csv", "onset,peak,kind\n" + "".join(
        f"{onset_of(flat, peak)},{peak},{kind}\n" for peak, kind in recording.beats if peak < shipped))

    spans = [recording.scored] + ([recording.train] if recording.name == "208" else [])
    scores = {"forecaster": smoothed_error(z.numpy(), forecast, LEAD)}
    for lag in (LEAD, 36):                                             # what needs no network: the sample will be what it is now
        scores[f"no change in {lag} samples"] = smoothed_error(z.numpy(), z.numpy(), lag)
    for title, score in scores.items():
        for span in spans:
            report(recording, title, score, *span)


if __name__ == "__main__":
    main()

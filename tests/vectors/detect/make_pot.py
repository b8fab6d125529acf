#!/usr/bin/python3
"""Makes pot.json with SciPy (made with 1.10.1, Debian 12: apt-get install python3-scipy): seed 20260402, run without arguments.

Excesses over a threshold, as whole numbers with 16 fraction bits, and the generalised Pareto distribution that scipy.stats.genpareto
fits to them (maximum likelihood, location 0): gamma, sigma, the mean log-likelihood, and z - t = sigma / gamma (r^-gamma - 1) for
r = q n / N. Every run gives the same bytes.
"""
import json
import os

import numpy
from scipy.stats import genpareto

SEED = 20260402
ONE = 1 << 16
SHARES = [0.1, 0.005, 0.0005]
# name, gamma, sigma in standard units, peaks
CASES = [
    ("exponential", 0.0, 1.0, 200),
    ("heavy", 0.4, 0.5, 250),
    ("very heavy", 0.7, 2.0, 256),
    ("light", -0.25, 1.5, 128),
    ("short", 0.1, 3.0, 30),
    ("small scale", 0.2, 0.01, 100),
    ("large scale", 0.2, 200.0, 100),
]


def fit(excesses):
    """The best of the optimiser's answers from several starts."""
    best = None
    for start in (-0.3, 0.0, 0.3, 0.8):
        gamma, _, sigma = genpareto.fit(excesses, start, floc=0, scale=numpy.mean(excesses), optimizer=minimise)
        likelihood = numpy.mean(genpareto.logpdf(excesses, gamma, 0, sigma))
        if best is None or likelihood > best[2]:
            best = (gamma, sigma, likelihood)
    return best


def minimise(function, start, args=(), disp=0):
    from scipy.optimize import fmin
    return fmin(function, start, args=args, disp=disp, xtol=1e-10, ftol=1e-12, maxiter=20000, maxfun=20000)


def main():
    random = numpy.random.RandomState(SEED)
    cases = []
    for name, gamma, sigma, count in CASES:
        drawn = genpareto.rvs(gamma, scale=sigma, size=count, random_state=random)
        peaks = numpy.maximum(numpy.floor(drawn * ONE + 0.5), 1).astype(int)
        shape, scale, likelihood = fit(peaks / ONE)
        cases.append({
            "name": name,
            "peaks": peaks.tolist(),
            "gamma": round(shape, 9),
            "sigma": round(scale, 9),
            "likelihood": round(likelihood, 12),
            "shares": SHARES,
            "excesses": [round(float(genpareto.isf(share, shape, 0, scale)), 9) for share in SHARES],
        })
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pot.json")
    with open(path, "w") as file:
        json.dump({"seed": SEED, "cases": cases}, file)
        file.write("\n")


if __name__ == "__main__":
    main()

"""wav2npy.py IN.wav STEPS INPUTS OUT.npy: 16-bit mono audio as the input of a Klon model, [STEPS, INPUTS].

Models with three inputs get the audio, the position of the gain knob (0.5) and the time between samples beside it.
"""
import sys
import wave

import numpy as np

path, steps, inputs, out = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
with wave.open(path) as recording:
    audio = np.frombuffer(recording.readframes(steps), "<i2") / 32768
columns = [audio, np.full(len(audio), 0.5), np.full(len(audio), 1 / 44100)]
np.save(out, np.stack(columns[:inputs], 1).astype(np.float32))

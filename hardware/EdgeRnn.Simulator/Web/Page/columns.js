// The signals of a run as columns in memory that is reserved once. A column has a time, the least and the most of each signal in it
// (one sample: both the same), the threshold, the detector's state, and whether there was an alarm or a sensor fault.

export const ALARM = 1;
export const FAULT = 2;

const number = value => (value === null || value === undefined ? NaN : value);

/** Columns in the order of time. Signals are the channels and, last, the score. */
class Columns {
  constructor(signals, capacity) {
    this.signals = signals;
    this.capacity = capacity;
    this.length = 0;
    this.t = new Float64Array(capacity);
    this.lo = Array.from({ length: signals }, () => new Float32Array(capacity));
    this.hi = Array.from({ length: signals }, () => new Float32Array(capacity));
    this.threshold = new Float32Array(capacity);
    this.state = new Int8Array(capacity);
    this.flags = new Uint8Array(capacity);
  }

  get last() { return this.length - 1; }

  /** Every array of it, for what is done to all alike. */
  get arrays() { return [this.t, ...this.lo, ...this.hi, this.threshold, this.state, this.flags]; }

  /** The last column at or before a time; the first one where it is earlier than all. */
  indexAt(time) {
    let low = 0;
    let high = this.last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.t[middle] <= time) low = middle; else high = middle - 1;
    }
    return low;
  }

  write(at, frame, i) {
    const channels = this.signals - 1;
    this.t[at] = frame.t[i];
    for (let c = 0; c < channels; c++) {
      this.lo[c][at] = number(frame.values[c].lo[i]);
      this.hi[c][at] = number(frame.values[c].hi[i]);
    }
    this.lo[channels][at] = this.hi[channels][at] = number(frame.score[i]);
    this.threshold[at] = number(frame.threshold[i]);
    this.state[at] = frame.state[i] ?? -1;
    this.flags[at] = (frame.alarm[i] ? ALARM : 0) | (frame.fault[i] ? FAULT : 0);
  }
}

/** The latest columns as they came; the oldest fifth is forgotten whenever they are full. */
export class Recent extends Columns {
  add(frame, i) {
    if (this.length === this.capacity) {
      const kept = Math.floor(this.capacity * 0.8);
      for (const array of this.arrays) array.copyWithin(0, this.capacity - kept);
      this.length = kept;
    }
    this.write(this.length++, frame, i);
  }
}

/** The whole run: whenever it is full, neighbours become one column, so that columns grow coarser and none is lost. */
export class Overview extends Columns {
  constructor(signals, capacity) {
    super(signals, capacity + 1); // the one more is where a new column is written before it is merged
    this.stride = 1;
    this.filled = 0; // columns that came, in the last one kept
  }

  add(frame, i) {
    const scratch = this.capacity - 1;
    if (this.length > 0 && this.filled < this.stride) {
      this.write(scratch, frame, i);
      this.merge(this.last, scratch);
      this.filled++;
      return;
    }
    if (this.length === scratch) this.halve();
    this.write(this.length++, frame, i);
    this.filled = 1;
  }

  halve() {
    const half = Math.floor(this.length / 2);
    for (let i = 0; i < half; i++) {
      for (const array of this.arrays) array[i] = array[2 * i];
      this.merge(i, 2 * i + 1);
    }
    this.length = half;
    this.stride *= 2;
  }

  /** Takes one column into an earlier one. */
  merge(into, from) {
    for (let s = 0; s < this.signals; s++) {
      // A comparison with what is not a number is false: a missing value gives way to one that is there.
      if (!(this.lo[s][into] <= this.lo[s][from]) && this.lo[s][from] === this.lo[s][from]) this.lo[s][into] = this.lo[s][from];
      if (!(this.hi[s][into] >= this.hi[s][from]) && this.hi[s][from] === this.hi[s][from]) this.hi[s][into] = this.hi[s][from];
    }
    this.threshold[into] = this.threshold[from];
    this.state[into] = this.state[from];
    this.flags[into] |= this.flags[from];
  }
}

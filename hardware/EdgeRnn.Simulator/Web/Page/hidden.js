// Hidden states over time, each unit's as a byte, in memory that is reserved once.

const columns = 4096;

/** The hidden states of a run: the latest ones, or the whole run thinned out. */
export class HiddenStates {
  constructor(units, thins) {
    this.units = units;
    this.thins = thins;
    this.length = 0;
    this.stride = 1;
    this.skipped = 0;
    this.t = new Float64Array(columns);
    this.bytes = new Uint8Array(columns * units);
  }

  /** Takes one state. The largest value there may be is shown as the end of the scale. */
  add(time, state, largest) {
    if (++this.skipped < this.stride) return;
    this.skipped = 0;
    if (this.length === columns) this.makeRoom();
    this.t[this.length] = time;
    const at = this.length * this.units;
    for (let unit = 0; unit < this.units; unit++) {
      const part = Math.max(-1, Math.min(1, (state[unit] ?? 0) / largest));
      this.bytes[at + unit] = 128 + Math.round(127 * part);
    }
    this.length++;
  }

  makeRoom() {
    const kept = this.thins ? columns / 2 : columns * 0.75 | 0;
    for (let i = 0; i < kept; i++) {
      const from = this.thins ? 2 * i + 1 : columns - kept + i;
      this.t[i] = this.t[from];
      this.bytes.copyWithin(i * this.units, from * this.units, (from + 1) * this.units);
    }
    this.length = kept;
    if (this.thins) this.stride *= 2;
  }

  /** The last state at or before a time; -1: none. */
  indexAt(time) {
    let low = -1;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.t[middle] <= time) low = middle; else high = middle - 1;
    }
    return low;
  }
}

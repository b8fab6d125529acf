// One signal made into as many points as the screen has columns, and these into a path. Where a column holds more than one value the
// path is a band from the least to the most, so that a spike of a single sample is never lost.

const mostPoints = 4096;

export class Trace {
  constructor() {
    this.t = new Float64Array(mostPoints);
    this.lo = new Float32Array(mostPoints);
    this.hi = new Float32Array(mostPoints);
    this.startsAnew = new Uint8Array(mostPoints);
    this.count = 0;
    this.least = NaN;
    this.most = NaN;
  }

  /** Gathers what is shown of a signal for a plot so many pixels wide. Points lie at fixed times: they do not flicker as they move. */
  gather(view, signal, pixels) {
    const columns = view.columns;
    const lo = columns.lo[signal];
    const hi = columns.hi[signal];
    const width = (view.to - view.from) / Math.max(1, Math.min(pixels, mostPoints - 2));
    this.count = 0;
    this.least = Infinity;
    this.most = -Infinity;
    if (columns.length === 0) return;
    const first = columns.indexAt(view.from);
    const spacing = (columns.t[columns.last] - columns.t[first]) / Math.max(1, columns.last - first);
    const gap = Math.max(4 * width, 8 * spacing);
    let bucket = NaN;
    let wasMissing = true;
    let before = -Infinity;
    for (let i = first; i <= columns.last; i++) {
      if (!(lo[i] <= hi[i])) { wasMissing = true; continue; }
      const time = columns.t[i];
      const own = Math.floor(time / width);
      if (own !== bucket || (wasMissing && this.count === 0)) {
        if (this.count === mostPoints) break;
        this.startsAnew[this.count] = wasMissing || time - before > gap ? 1 : 0;
        this.t[this.count] = spacing > width ? time : (own + 0.5) * width;
        this.lo[this.count] = lo[i];
        this.hi[this.count] = hi[i];
        this.count++;
        bucket = own;
      } else {
        const last = this.count - 1;
        if (lo[i] < this.lo[last]) this.lo[last] = lo[i];
        if (hi[i] > this.hi[last]) this.hi[last] = hi[i];
      }
      if (lo[i] < this.least) this.least = lo[i];
      if (hi[i] > this.most) this.most = hi[i];
      wasMissing = false;
      before = time;
    }
  }

  /** The path in a plot's pixels: out along the most, back along the least. */
  path(u, floor = -Infinity) {
    const path = new Path2D();
    const y = value => u.valToPos(Math.max(value, floor), 'y', true);
    for (let from = 0; from < this.count;) {
      let to = from + 1;
      while (to < this.count && !this.startsAnew[to]) to++;
      path.moveTo(u.valToPos(this.t[from], 'x', true), y(this.hi[from]));
      for (let i = from; i < to; i++) path.lineTo(u.valToPos(this.t[i], 'x', true), y(this.hi[i]));
      for (let i = to - 1; i >= from; i--) path.lineTo(u.valToPos(this.t[i], 'x', true), y(this.lo[i]));
      path.closePath();
      from = to;
    }
    return path;
  }
}

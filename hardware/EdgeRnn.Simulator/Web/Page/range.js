// The range of a strip's axis. It grows at once and shrinks only when most of it has been empty, to round numbers, so that the axis
// stands still.

/** A range that follows what is shown. */
export class LinearRange {
  constructor() { this.least = 0; this.most = 1; this.isSet = false; }

  fit(least, most) {
    if (!(least <= most)) return;
    const span = Math.max(most - least, Math.abs(most + least) * 1e-4, 1e-6);
    const isWithin = this.isSet && least >= this.least && most <= this.most;
    if (isWithin && span > 0.35 * (this.most - this.least)) return;
    const step = roundStep(span / 4);
    this.least = Math.floor((least - 0.1 * span) / step) * step;
    this.most = Math.ceil((most + 0.1 * span) / step) * step;
    this.isSet = true;
  }

  splits() {
    let step = roundStep((this.most - this.least) / 3);
    if (Math.floor(this.most / step) - Math.ceil(this.least / step) < 1) step /= 2; // one figure alone tells no scale
    const found = [];
    const last = this.most + step * 1e-6;
    for (let value = Math.ceil(this.least / step) * step; value <= last; value += step) found.push(Number(value.toPrecision(10)));
    return found;
  }
}

/** A range of whole decades, at most five of them, for scores: an ordinary one and that of a broken machine are far apart. */
export class DecadeRange {
  constructor() { this.least = 0.1; this.most = 10; this.isSet = false; }

  fit(least, most) {
    if (!(most > 0)) return;
    const top = Math.ceil(Math.log10(most * 1.15));
    const bottom = Math.max(top - 5, Math.min(top - 1, Math.floor(Math.log10(Math.max(least, most * 1e-5)))));
    if (this.isSet && top <= Math.log10(this.most) && top > Math.log10(this.most) - 1.5 && bottom >= Math.log10(this.least) &&
      bottom < Math.log10(this.least) + 1.5) return;
    this.least = 10 ** bottom;
    this.most = 10 ** top;
    this.isSet = true;
  }

  splits() {
    const found = [];
    for (let value = this.least; value <= this.most * 1.001; value *= 10) {
      found.push(Number(value.toPrecision(3)));
      if (this.most / this.least < 150 && value * 3 < this.most) found.push(Number((value * 3).toPrecision(3)));
    }
    return found;
  }
}

function roundStep(about) {
  const power = 10 ** Math.floor(Math.log10(about));
  const part = about / power;
  return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

// Alarms and sensor faults as bands behind every strip. An alarm has a bar on top and a fault is hatched, so that neither needs its colour.

import { ALARM, FAULT } from './columns.js';

const most = 256;

export class Bands {
  constructor(colours) {
    this.colours = colours;
    this.count = 0;
    this.kind = new Uint8Array(most);
    this.start = new Float64Array(most);
    this.end = new Float64Array(most);
    this.isOpen = new Uint8Array(most);
  }

  /** Finds the bands of what is shown, the latest ones where there are too many. */
  find(view) {
    const columns = view.columns;
    this.count = 0;
    if (columns.length === 0) return;
    const first = columns.indexAt(view.from);
    for (const kind of [FAULT, ALARM]) {
      for (let i = columns.last; i >= first && this.count < most; i--) {
        if (!(columns.flags[i] & kind)) continue;
        const end = i;
        while (i > first && columns.flags[i - 1] & kind) i--;
        this.kind[this.count] = kind;
        this.start[this.count] = columns.t[i];
        this.isOpen[this.count] = end === columns.last ? 1 : 0;
        this.end[this.count] = end === columns.last ? view.to : columns.t[end + 1];
        this.count++;
      }
    }
  }

  /** How many bands of a kind are shown. */
  countOf(kind) {
    let found = 0;
    for (let i = 0; i < this.count; i++) if (this.kind[i] === kind) found++;
    return found;
  }

  paint(u) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (let i = 0; i < this.count; i++) {
      const left = u.valToPos(this.start[i], 'x', true);
      const width = Math.max(2 * devicePixelRatio, u.valToPos(this.end[i], 'x', true) - left);
      if (this.kind[i] === ALARM) this.paintAlarm(ctx, bbox, left, width); else this.paintFault(ctx, bbox, left, width);
    }
    ctx.restore();
  }

  paintAlarm(ctx, bbox, left, width) {
    ctx.fillStyle = this.colours.get('alarm-band');
    ctx.fillRect(left, bbox.top, width, bbox.height);
    ctx.fillStyle = this.colours.get('alarm');
    ctx.fillRect(left, bbox.top, width, 3 * devicePixelRatio);
  }

  paintFault(ctx, bbox, left, width) {
    ctx.fillStyle = this.colours.get('fault-band');
    ctx.fillRect(left, bbox.top, width, bbox.height);
    ctx.fillStyle = this.colours.hatch(ctx);
    ctx.fillRect(left, bbox.top, width, bbox.height);
  }
}

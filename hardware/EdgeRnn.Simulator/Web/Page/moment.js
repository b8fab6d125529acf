// The seconds around an alarm as a small plot: the channel that caused it above, the score and its threshold below.

import { short } from './format.js';

const points = 160;
const before = 6;
const after = 4;

export class Moment {
  constructor(canvas, page, time, channel) {
    this.canvas = canvas;
    this.page = page;
    this.time = time;
    this.channel = channel; // -1: not known
    this.isWhole = false;
    this.channelLo = new Float32Array(points).fill(NaN);
    this.channelHi = new Float32Array(points).fill(NaN);
    this.score = new Float32Array(points).fill(NaN);
    this.threshold = new Float32Array(points).fill(NaN);
  }

  /** Takes what there is by now, until the seconds after the alarm are there too. */
  update() {
    if (this.isWhole) return;
    const { recent } = this.page.view;
    if (recent.length === 0) return;
    const last = recent.t[recent.last];
    this.isWhole = last >= this.time + after;
    this.canvas.hidden = recent.t[0] > this.time + after; // an alarm from before what is kept
    if (this.canvas.hidden) return;
    for (const array of [this.channelLo, this.channelHi, this.score, this.threshold]) array.fill(NaN);
    const scores = recent.hi[recent.signals - 1];
    for (let i = recent.indexAt(this.time - before); i <= recent.last && recent.t[i] <= this.time + after; i++) {
      const at = Math.floor((recent.t[i] - this.time + before) / (before + after) * (points - 1));
      if (at < 0) continue;
      if (!(this.score[at] >= scores[i])) this.score[at] = scores[i];
      this.threshold[at] = recent.threshold[i];
      if (this.channel < 0) continue;
      if (!(this.channelLo[at] <= recent.lo[this.channel][i])) this.channelLo[at] = recent.lo[this.channel][i];
      if (!(this.channelHi[at] >= recent.hi[this.channel][i])) this.channelHi[at] = recent.hi[this.channel][i];
    }
    this.paint();
  }

  paint() {
    const { canvas } = this;
    const scale = devicePixelRatio;
    const [wide, high] = [Math.round(canvas.clientWidth * scale), Math.round(canvas.clientHeight * scale)];
    if (wide === 0) return;
    canvas.width = wide;
    canvas.height = high;
    const ctx = canvas.getContext('2d');
    const colour = name => this.page.colours.get(name);
    const x = at => at / (points - 1) * wide;
    const begin = x(before / (before + after) * (points - 1));
    ctx.fillStyle = colour('alarm-band');
    ctx.fillRect(begin, 0, wide - begin, high);
    ctx.fillStyle = colour('alarm');
    ctx.fillRect(begin, 0, scale, high);
    const middle = this.channel < 0 ? 0 : high * 0.46;
    const { channelLo, channelHi } = this;
    const above = scaled(channelLo, channelHi, 3 * scale, middle - 2 * scale);
    if (this.channel >= 0) line(ctx, colour('trace'), scale, x, above, channelLo, channelHi);
    const log = value => Math.log10(Math.max(value, 1e-9));
    const scores = this.score.map(log);
    const limits = this.threshold.map(value => (value > 0 ? log(value) : NaN));
    const y = scaled([...scores, ...limits], [...scores, ...limits], middle + 4 * scale, high - 4 * scale);
    line(ctx, colour('score'), 1.25 * scale, x, y, scores, scores);
    ctx.setLineDash([4 * scale, 3 * scale]);
    line(ctx, colour('threshold'), 1.5 * scale, x, y, limits, limits);
    ctx.setLineDash([]);
    const top = Math.max(...this.score.filter(Number.isFinite), 0);
    canvas.setAttribute('aria-label', `From ${before} s before to ${after} s after the alarm began: the score rose to ${short(top)}`);
  }
}

function scaled(lows, highs, top, bottom) {
  let least = Infinity;
  let most = -Infinity;
  for (const value of lows) if (value < least) least = value;
  for (const value of highs) if (value > most) most = value;
  const span = most - least || 1;
  return value => bottom - (value - least) / span * (bottom - top);
}

function line(ctx, colour, width, x, y, lows, highs) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.beginPath();
  let isOn = false;
  for (let i = 0; i < lows.length; i++) {
    if (!Number.isFinite(lows[i])) continue; // fewer columns than points leave some empty
    if (isOn) ctx.lineTo(x(i), y(lows[i])); else ctx.moveTo(x(i), y(lows[i]));
    if (highs[i] !== lows[i]) ctx.lineTo(x(i), y(highs[i]));
    isOn = true;
  }
  ctx.stroke();
}

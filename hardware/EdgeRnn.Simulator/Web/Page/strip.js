// One strip: a name and the value under the cursor on the left, the signal over time on the right.

import { figures, number, short, time, unit } from './format.js';
import { DecadeRange, LinearRange } from './range.js';
import { Trace } from './trace.js';

const axisWidth = 46;
const rightGap = 10;
const timeAxisHeight = 26;

export class Strip {
  constructor(parent, { name, unit: unitText, signal, isScore, hasTimeAxis }, page) {
    this.signal = signal;
    this.isScore = isScore;
    this.hasTimeAxis = hasTimeAxis;
    this.view = page.view;
    this.colours = page.colours;
    this.range = isScore ? new DecadeRange() : new LinearRange();
    this.trace = new Trace();
    this.edges = [new Float64Array(2), [null, null]];
    this.isHeld = false; // while its threshold is dragged the axis stands still

    this.element = document.createElement('div');
    this.element.className = isScore ? 'strip is-score' : 'strip';
    this.element.dataset.signal = name;
    const label = document.createElement('div');
    label.className = 'label';
    const heading = document.createElement('h2');
    const unitPart = document.createElement('span');
    unitPart.textContent = unit(unitText);
    heading.append(name, unitPart);
    this.value = document.createElement('output');
    this.against = document.createElement('span');
    this.against.className = 'against';
    label.append(heading, this.value, this.against);
    this.plot = document.createElement('div');
    this.plot.className = 'plot';
    this.element.append(label, this.plot);
    parent.append(this.element);
    this.u = new uPlot(this.options(page.bands), this.edges, this.plot);
  }

  options(bands) {
    const font = '11px system-ui, sans-serif';
    const grid = { stroke: () => this.colours.get('grid'), width: 1 };
    const common = { font, stroke: () => this.colours.get('soft'), ticks: { show: false }, grid };
    const name = this.isScore ? 'score' : 'trace';
    return {
      width: 300, height: 80, padding: [7, rightGap, this.hasTimeAxis ? 0 : 7, 0], legend: { show: false }, cursor: { show: false },
      scales: {
        x: { time: false, range: () => [this.view.from, this.view.to] },
        y: { distr: this.isScore ? 3 : 1, range: () => [this.range.least, this.range.most] },
      },
      axes: [
        { ...common, size: this.hasTimeAxis ? timeAxisHeight : 0, gap: 4, space: 70, values: (u, splits, axis, space, step) =>
          (this.hasTimeAxis ? splits.map(at => (at < 0 ? '' : time(at, step < 1 ? 1 : 0))) : splits.map(() => '')) },
        {
          ...common, size: axisWidth, gap: 6, splits: () => this.range.splits(), filter: (u, splits) => splits,
          values: (u, splits) => figures(splits),
        },
      ],
      series: [{}, {
        points: { show: false }, width: 1.25, stroke: () => this.colours.get(name), fill: () => this.colours.get(`${name}-band`),
        paths: u => {
          const path = this.trace.path(u, this.isScore ? this.range.least : -Infinity);
          return { stroke: path, fill: path, clip: null, flags: 3 };
        },
      }],
      hooks: { drawAxes: [u => bands.paint(u)] },
    };
  }

  /** Where the plot lies, in pixels of the page. */
  get rect() { return this.u.over.getBoundingClientRect(); }

  resize(height) {
    this.u.setSize({ width: Math.max(120, this.plot.clientWidth), height: height + (this.hasTimeAxis ? timeAxisHeight - 7 : 0) });
  }

  draw() {
    this.trace.gather(this.view, this.signal, Math.round(this.u.bbox.width / 2) * 2);
    if (!this.isHeld) this.fit();
    this.edges[0][0] = this.view.from;
    this.edges[0][1] = this.view.to;
    this.u.setData(this.edges);
  }

  fit() {
    let { least, most } = this.trace;
    const threshold = this.view.isEmpty ? NaN : this.view.recent.threshold[this.view.recent.last];
    if (this.isScore && threshold > 0) {
      least = Math.min(least, threshold);
      most = Math.max(most, threshold);
    }
    this.range.fit(least, most);
  }

  /** Shows the value of a column, both ends where it holds more than one. */
  read(columns, at) {
    if (columns.length === 0) { this.value.textContent = '–'; return; }
    const lo = columns.lo[this.signal][at];
    const hi = columns.hi[this.signal][at];
    const one = value => (this.isScore ? short(value) : number(value, this.range.most - this.range.least));
    const [from, to] = [one(lo), one(hi)];
    const text = from === to ? from : `${from} … ${to}`;
    if (this.value.textContent !== text) this.value.textContent = text;
    this.value.classList.toggle('is-pair', from !== to);
    if (!this.isScore) return;
    const against = columns.threshold[at] > 0 ? `threshold ${short(columns.threshold[at])}` : 'no threshold yet';
    if (this.against.textContent !== against) this.against.textContent = against;
  }

  destroy() { this.u.destroy(); }
}

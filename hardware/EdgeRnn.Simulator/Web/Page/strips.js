// All strips: the score on top, the channels below it, one time axis under the last, and one cursor through all.

import { faultName, number, stateName, time, unit } from './format.js';
import { Strip } from './strip.js';
import { Threshold } from './threshold.js';

export class Strips {
  constructor(page) {
    const { description } = page;
    this.page = page;
    this.container = document.getElementById('strips');
    this.at = document.getElementById('at');
    const channels = description.channels;
    this.score = new Strip(this.container,
      { name: 'Score', unit: 'log scale', signal: channels.length, isScore: true, hasTimeAxis: false }, page);
    this.channels = channels.map((channel, i) => new Strip(this.container,
      { name: channel.name, unit: channel.unit, signal: i, isScore: false, hasTimeAxis: i === channels.length - 1 }, page));
    this.all = [this.score, ...this.channels];
    this.threshold = new Threshold(this.score, page);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.container);
    this.resize();
  }

  /** Strips are as high as fit a screen, within what can be read. */
  resize() {
    const width = this.container.clientWidth;
    if (width === this.width) return;
    this.width = width;
    const room = Math.max(320, innerHeight - 420);
    const each = Math.max(58, Math.min(110, Math.floor((room - 130) / this.channels.length)));
    for (const strip of this.channels) strip.resize(each);
    this.score.resize(innerWidth <= 640 ? 120 : 140);
    this.page.redraw();
  }

  /** The plots' left edge and width, in pixels of the container: what the cursor and the heat map go by. */
  get frame() {
    const own = this.container.getBoundingClientRect();
    const plot = this.score.rect;
    return { left: plot.left - own.left, width: plot.width, pageLeft: plot.left };
  }

  draw() {
    for (const strip of this.all) strip.draw();
    this.threshold.draw();
  }

  /** Shows values at the cursor, or the latest ones. */
  read(fraction) {
    const { view } = this.page;
    const columns = fraction === null ? view.recent : view.columns;
    const at = fraction === null ? columns.last : columns.indexAt(view.timeAt(fraction));
    for (const strip of this.all) strip.read(columns, at);
    const text = fraction === null || columns.length === 0 ? '' : `${time(columns.t[at], 2)}  ${stateName(columns.state[at])}`;
    if (this.at.textContent !== text) this.at.textContent = text;
    return { columns, at };
  }

  /** The values of a column in words, for those who do not see them. */
  describe(columns, at) {
    const { channels } = this.page.description;
    const score = columns.lo[channels.length][at];
    return [`${time(columns.t[at], 1)}`, `score ${number(score)}`,
      ...channels.map((channel, i) => `${channel.name} ${number(columns.hi[i][at])} ${unit(channel.unit)}`)].join(', ');
  }

  /** Says at each channel what is wrong with it. */
  markFaults(kinds) {
    for (let i = 0; i < this.channels.length; i++) {
      const text = faultName(kinds[i]);
      if (this.channels[i].against.textContent !== text) this.channels[i].against.textContent = text;
    }
  }

  /** Marks the channel that caused the alarm there is; null: none. */
  markCause(name) {
    for (const strip of this.channels) strip.element.classList.toggle('is-cause', strip.element.dataset.signal === name);
  }

  destroy() {
    this.observer.disconnect();
    for (const strip of this.all) { strip.destroy(); strip.element.remove(); }
  }
}

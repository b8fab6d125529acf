// The network's hidden state: time on the axis of the strips, units from top to bottom, blue below zero and orange above.

import { HiddenStates } from './hidden.js';
import { number } from './format.js';

const mostPixels = 1024;

export class HeatMap {
  constructor(page) {
    this.page = page;
    this.layers = page.description.hiddenLayers;
    this.units = this.layers.reduce((sum, layer) => sum + layer.units, 0);
    this.element = document.getElementById('heat');
    this.element.hidden = this.units === 0;
    this.canvas = document.getElementById('heat-map');
    this.value = document.getElementById('heat-value');
    this.least = document.getElementById('heat-least');
    this.most = document.getElementById('heat-most');
    this.largest = 1;
    this.unitAt = -1;
    if (this.units === 0) return;
    document.getElementById('heat-layers').textContent = this.layers.map(layer => `${layer.name}: ${layer.units} units`).join(', ');
    this.recent = new HiddenStates(this.units, false);
    this.overview = new HiddenStates(this.units, true);
    this.picture = document.createElement('canvas');
    this.picture.width = mostPixels;
    this.picture.height = this.units;
    this.pen = this.picture.getContext('2d');
    this.image = this.pen.createImageData(mostPixels, this.units);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.canvas.onpointermove = event => this.point(event);
    this.canvas.onpointerleave = () => { this.unitAt = -1; this.read(null); };
    this.drawScale();
  }

  /** Takes the latest hidden state. */
  add(time, state) {
    if (this.units === 0) return;
    for (const value of state) if (Math.abs(value) > this.largest) this.largest = Math.abs(value);
    this.recent.add(time, state, this.largest);
    this.overview.add(time, state, this.largest);
  }

  draw() {
    if (this.units === 0) return;
    const { view, colours, strips } = this.page;
    const states = view.span > 0 ? this.recent : this.overview;
    const { diverging } = colours;
    const frame = strips.frame;
    const width = Math.max(1, Math.min(mostPixels, Math.round(frame.width)));
    // Longer than the usual pause between two states is a gap; in the overview states stand further apart.
    const longest = Math.max(0.5, 4 * (view.to - view.from) / width, 3 * this.spacing(states));
    for (let x = 0; x < width; x++) {
      const time = view.timeAt((x + 1) / width);
      const at = states.indexAt(time);
      const isGap = at < 0 || time - states.t[at] > longest;
      for (let unit = 0; unit < this.units; unit++)
        this.pixels[unit * mostPixels + x] = isGap ? 0 : diverging[states.bytes[at * this.units + unit]];
    }
    this.pen.putImageData(this.image, 0, 0);
    this.paint(frame, width);
  }

  spacing(states) {
    const steps = Math.min(19, states.length - 1);
    return steps < 1 ? 0 : (states.t[states.length - 1] - states.t[states.length - 1 - steps]) / steps;
  }

  paint(frame, width) {
    const { canvas } = this;
    const scale = devicePixelRatio;
    const [wide, high] = [Math.round(canvas.clientWidth * scale), Math.round(canvas.clientHeight * scale)];
    if (canvas.width !== wide || canvas.height !== high) { canvas.width = wide; canvas.height = high; }
    const left = (frame.pageLeft - canvas.getBoundingClientRect().left) * scale;
    const ctx = canvas.getContext('2d');
    ctx.clearRect(0, 0, wide, high);
    ctx.fillStyle = this.page.colours.get('middle');
    ctx.fillRect(left, 0, frame.width * scale, high);
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(this.picture, 0, 0, width, this.units, left, 0, frame.width * scale, high);
    ctx.fillStyle = this.page.colours.get('soft');
    let above = 0;
    for (const layer of this.layers.slice(0, -1)) {
      above += layer.units;
      ctx.fillRect(left - 6 * scale, Math.round(above / this.units * high), frame.width * scale + 6 * scale, scale);
    }
  }

  drawScale() {
    const canvas = document.getElementById('heat-scale');
    const image = new ImageData(canvas.width, 1);
    const pixels = new Uint32Array(image.data.buffer);
    for (let x = 0; x < canvas.width; x++) pixels[x] = this.page.colours.diverging[1 + Math.round(x / (canvas.width - 1) * 254)];
    for (let y = 0; y < canvas.height; y++) canvas.getContext('2d').putImageData(image, 0, y);
  }

  point(event) {
    const rect = this.canvas.getBoundingClientRect();
    this.unitAt = Math.max(0, Math.min(this.units - 1, Math.floor((event.clientY - rect.top) / rect.height * this.units)));
    this.read(this.page.cursor.fraction);
  }

  /** Shows the unit under the pointer, at the cursor. */
  read(fraction) {
    if (this.units === 0) return;
    const ends = this.largest > 1 ? number(this.largest, 10) : '1';
    if (this.most.textContent !== `+${ends}`) { this.most.textContent = `+${ends}`; this.least.textContent = `−${ends}`; }
    const states = this.page.view.span > 0 ? this.recent : this.overview;
    const at = fraction === null || this.unitAt < 0 ? -1 : states.indexAt(this.page.view.timeAt(fraction));
    let text = '';
    if (at >= 0) {
      let unit = this.unitAt;
      let layer = 0;
      while (unit >= this.layers[layer].units) unit -= this.layers[layer++].units;
      text = `${this.layers[layer].name}[${unit}] ${number((states.bytes[at * this.units + this.unitAt] - 128) / 127 * this.largest, 1)}`;
    }
    if (this.value.textContent !== text) this.value.textContent = text;
  }
}

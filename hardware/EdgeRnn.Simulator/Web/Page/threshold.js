// The threshold: a line over the score that can be dragged, and moved by keys as any slider.

import { short } from './format.js';

const settleMillis = 1500; // how long a value that was set is shown before what the device says counts again
const sendMillis = 120;

export class Threshold {
  constructor(strip, page) {
    this.strip = strip;
    this.page = page;
    this.isDragged = false;
    this.setAt = -Infinity;
    this.sentAt = -Infinity;
    this.value = NaN;
    this.element = document.createElement('div');
    this.element.className = 'threshold';
    this.element.id = 'threshold';
    this.element.hidden = true;
    this.tag = document.createElement('span');
    this.tag.className = 'tag';
    this.element.append(this.tag);
    if (page.description.can.threshold) this.makeSlider(); else this.element.setAttribute('aria-disabled', 'true');
    strip.u.over.append(this.element);
  }

  makeSlider() {
    const { element } = this;
    element.tabIndex = 0;
    element.setAttribute('role', 'slider');
    element.setAttribute('aria-label', 'Threshold');
    element.setAttribute('aria-orientation', 'vertical');
    element.addEventListener('pointerdown', event => {
      element.setPointerCapture(event.pointerId);
      this.isDragged = this.strip.isHeld = true;
      element.focus({ preventScroll: true });
      event.preventDefault();
    });
    element.addEventListener('pointermove', event => { if (this.isDragged) this.drag(event.clientY); });
    const drop = () => {
      if (!this.isDragged) return;
      this.isDragged = this.strip.isHeld = false;
      this.send();
    };
    element.addEventListener('pointerup', drop);
    element.addEventListener('pointercancel', drop);
    element.addEventListener('keydown', event => this.onKey(event));
  }

  drag(clientY) {
    const { u, range } = this.strip;
    const rect = this.strip.rect;
    const value = u.posToVal(Math.max(0, Math.min(rect.height, clientY - rect.top)), 'y');
    this.set(Math.max(range.least, Math.min(range.most, value)));
    if (performance.now() - this.sentAt > sendMillis) this.send();
  }

  onKey(event) {
    const step = event.shiftKey ? 1.25 : 1.04;
    const factor = { ArrowUp: step, PageUp: 2, ArrowDown: 1 / step, PageDown: 0.5 }[event.key];
    if (factor !== undefined) this.set(this.value * factor);
    else if (event.key === 'Delete' || event.key === 'Backspace') { this.value = 0; this.setAt = -Infinity; }
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.send();
  }

  set(value) {
    this.value = Number(value.toPrecision(4));
    this.setAt = performance.now();
    this.page.redraw();
  }

  send() {
    this.sentAt = performance.now();
    this.page.controls.send('threshold', this.value);
  }

  draw() {
    const { recent, isEmpty } = this.page.view;
    if (!this.isDragged && performance.now() - this.setAt > settleMillis) this.value = isEmpty ? NaN : recent.threshold[recent.last];
    this.element.hidden = !(this.value > 0);
    if (this.element.hidden) return;
    const { u, range } = this.strip;
    const shown = Math.max(range.least, Math.min(range.most, this.value));
    this.element.style.transform = `translateY(${u.valToPos(shown, 'y')}px)`;
    const text = short(this.value);
    if (this.tag.textContent === text) return;
    this.tag.textContent = text;
    if (!this.page.description.can.threshold) return;
    this.element.setAttribute('aria-valuenow', String(this.value));
    this.element.setAttribute('aria-valuemin', '0');
    this.element.setAttribute('aria-valuemax', String(range.most));
    this.element.setAttribute('aria-valuetext', text);
  }
}

// The board as a drawing: what it drives above, what is pressed below, and a wire from each to its pin. What is on has rays and says so.

import { stateName } from './format.js';

const svgNamespace = 'http://www.w3.org/2000/svg';
const width = 320;
const words = { led: ['off', 'lit'], alarm: ['off', 'on'], buzzer: ['silent', 'sounds'], button: ['not pressed', 'pressed'] };
const rays = {
  led: 'M0-21V-27M15-15L19-19M-15-15L-19-19M21 0H27M-21 0H-27',
  alarm: 'M0-23V-30M17-17L22-22M-17-17L-22-22M23 0H30M-23 0H-30',
  buzzer: 'M19-9A20 20 0 0 1 19 9M24-14A28 28 0 0 1 24 14M-19-9A20 20 0 0 0-19 9M-24-14A28 28 0 0 0-24 14',
};

export class Board {
  constructor(page) {
    this.page = page;
    this.parts = new Map();
    this.releases = [];
    const pins = page.description.pins;
    const outputs = pins.filter(pin => pin.kind !== 'button');
    const buttons = pins.filter(pin => pin.kind === 'button');
    const top = outputs.length > 0 ? 94 : 14;
    const bottom = top + 96;
    const viewBox = `0 0 ${width} ${bottom + (buttons.length > 0 ? 68 : 10)}`;
    const svg = add(null, 'svg', { viewBox, role: 'group', 'aria-label': 'The board and what is wired to it' });
    add(svg, 'rect', { class: 'pcb', x: 14, y: top, width: width - 28, height: bottom - top, rx: 9 });
    for (const x of [28, width - 28]) for (const y of [top + 14, bottom - 14]) add(svg, 'circle', { class: 'hole', cx: x, cy: y, r: 4.5 });
    this.chip(svg, top);
    outputs.forEach((pin, i) => this.output(svg, pin, place(i, outputs.length), top));
    buttons.forEach((pin, i) => this.button(svg, pin, place(i, buttons.length) - (buttons.length > 1 ? 30 : 0), bottom));
    document.getElementById('board-drawing').replaceChildren(svg);
    document.getElementById('board').hidden = pins.length === 0;
  }

  chip(svg, top) {
    for (let i = 0; i < 9; i++) {
      const x = 104 + i * 14;
      add(svg, 'path', { class: 'leg', d: `M${x} ${top + 30}v-5M${x} ${top + 66}v5` });
    }
    add(svg, 'rect', { class: 'chip', x: 92, y: top + 30, width: 136, height: 36, rx: 3 });
    text(svg, 'chip-name', width / 2, top + 44, 'EdgeRnn');
    this.state = text(svg, 'chip-state', width / 2, top + 60, '');
  }

  output(svg, pin, x, top) {
    const part = add(svg, 'g', { class: 'part', 'data-pin': pin.id, 'data-kind': pin.kind, role: 'img' });
    add(part, 'path', { class: 'wire', d: `M${x} ${top + 5}V${top - 26}` });
    add(part, 'circle', { class: 'pad', cx: x, cy: top + 5, r: 4 });
    const body = add(part, 'g', { transform: `translate(${x} ${top - 43})` });
    add(body, 'circle', { class: 'halo', r: 27 });
    add(body, 'path', { class: 'rays', d: rays[pin.kind] ?? rays.led });
    if (pin.kind === 'alarm') add(body, 'path', { class: 'body', d: 'M-12 9V-2A12 13 0 0 1 12-2V9ZM-17 9H17V17H-17Z' });
    else if (pin.kind === 'buzzer') { add(body, 'circle', { class: 'body', r: 15 }); add(body, 'circle', { class: 'cap', r: 3.5 }); }
    else add(body, 'path', { class: 'body', d: 'M-11 15V-3A11 11 0 0 1 11-3V15ZM-14 15H14' });
    text(part, 'name', x, top - 80, pin.name);
    const level = text(part, 'level', x + 9, top - 9, '');
    level.style.textAnchor = 'start';
    if (pin.number !== null) text(part, 'number', x, top + 20, String(pin.number));
    this.parts.set(pin.id, { part, level, pin, isOn: null });
  }

  button(svg, pin, x, bottom) {
    const part = add(svg, 'g', { class: 'part', 'data-pin': pin.id, 'data-kind': 'button', role: 'button', tabindex: 0 });
    add(part, 'path', { class: 'wire', d: `M${x} ${bottom - 5}V${bottom + 22}` });
    add(part, 'circle', { class: 'pad', cx: x, cy: bottom - 5, r: 4 });
    add(part, 'rect', { class: 'ring', x: x - 22, y: bottom + 18, width: 44, height: 44, rx: 6 });
    add(part, 'rect', { class: 'body', x: x - 18, y: bottom + 22, width: 36, height: 36, rx: 5 });
    add(part, 'circle', { class: 'cap', cx: x, cy: bottom + 40, r: 10 });
    const [name, level] = ['name', 'level'].map((kind, line) => text(part, kind, x + 28, bottom + 37 + 15 * line, ''));
    name.textContent = pin.name;
    for (const words of [name, level]) words.style.textAnchor = 'start';
    if (pin.number !== null) text(part, 'number', x, bottom - 13, String(pin.number));
    this.parts.set(pin.id, { part, level, pin, isOn: null });
    this.makePressable(part, pin.id);
  }

  makePressable(part, id) {
    let isDown = false;
    const set = down => {
      if (down === isDown) return;
      isDown = down;
      this.page.controls.send(down ? 'press' : 'release', id);
    };
    const change = (down, event) => { event.preventDefault(); set(down); };
    this.releases.push(() => set(false));
    part.addEventListener('pointerdown', event => {
      part.setPointerCapture(event.pointerId);
      part.focus({ preventScroll: true });
      change(true, event);
    });
    for (const name of ['pointerup', 'pointercancel', 'blur']) part.addEventListener(name, event => change(false, event));
    const isPress = event => event.key === ' ' || event.key === 'Enter';
    part.addEventListener('keydown', event => { if (isPress(event)) { event.stopPropagation(); change(true, event); } });
    part.addEventListener('keyup', event => { if (isPress(event)) change(false, event); });
  }

  /** Lets go of what is held: this drawing will not hear of it any more. */
  destroy() { for (const release of this.releases) release(); }

  /** Shows the pins' levels, by their ids, and the detector's state. */
  show(levels, state) {
    for (const [id, one] of this.parts) {
      const isOn = Boolean(levels[id]);
      if (isOn === one.isOn) continue;
      one.isOn = isOn;
      one.part.classList.toggle('is-on', isOn);
      one.level.textContent = (words[one.pin.kind] ?? words.led)[isOn ? 1 : 0];
      const where = one.pin.number !== null ? `, pin ${one.pin.number}` : '';
      one.part.setAttribute('aria-label', `${one.pin.name}${where}: ${one.level.textContent}`);
      if (one.pin.kind === 'button') one.part.setAttribute('aria-pressed', String(isOn));
    }
    if (state !== this.shownState) this.state.textContent = stateName(this.shownState = state);
  }
}

const place = (i, count) => 16 + (width - 40) * (i + 0.5) / count;

function add(parent, name, attributes) {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
}

function text(parent, className, x, y, content) {
  const element = add(parent, 'text', { class: className, x, y });
  element.textContent = content;
  return element;
}

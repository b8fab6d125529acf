// The colours of the style sheet for what is drawn on canvases, read again when the theme changes.

const names = ['ink', 'soft', 'rule', 'grid', 'panel', 'trace', 'trace-band', 'score', 'score-band', 'threshold', 'alarm', 'alarm-band',
  'fault', 'fault-band', 'low', 'middle', 'high'];
const order = ['auto', 'light', 'dark'];
const key = 'edgernn-theme';

export class Colours {
  constructor(onChange) {
    this.onChange = onChange;
    this.values = new Map();
    this.button = document.getElementById('theme');
    this.button.addEventListener('click', () => this.next());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.read());
    let kept = null;
    try { kept = localStorage.getItem(key); } catch { /* a browser that keeps nothing starts with the system's theme */ }
    this.set(order.includes(kept) ? kept : 'auto');
  }

  get(name) { return this.values.get(name); }

  /** The next of auto, light and dark. */
  next() {
    this.set(order[(order.indexOf(this.theme) + 1) % order.length]);
    try { localStorage.setItem(key, this.theme); } catch { /* as above */ }
  }

  set(theme) {
    this.theme = theme;
    document.documentElement.dataset.theme = theme;
    this.button.textContent = `Theme: ${theme}`;
    this.read();
  }

  /** Colours between the two ends of the heat map, as bytes: [256] red, green, blue, opaque, in the order of memory. */
  get diverging() { return this.ramp; }

  /** The hatching of sensor faults. */
  hatch(ctx) {
    if (this.pattern === null) {
      const tile = document.createElement('canvas');
      const size = tile.width = tile.height = Math.round(7 * devicePixelRatio);
      const pen = tile.getContext('2d');
      pen.strokeStyle = this.get('fault');
      pen.globalAlpha = 0.55;
      pen.lineWidth = devicePixelRatio;
      pen.beginPath();
      for (const shift of [-size, 0, size]) { pen.moveTo(shift, size); pen.lineTo(shift + size, 0); }
      pen.stroke();
      this.pattern = ctx.createPattern(tile, 'repeat');
    }
    return this.pattern;
  }

  read() {
    // A custom property tells what was written; only a colour that is used tells what it is in this theme.
    const probe = document.createElement('i');
    document.body.append(probe);
    for (const name of names) {
      probe.style.color = `var(--${name})`;
      this.values.set(name, getComputedStyle(probe).color);
    }
    probe.remove();
    this.pattern = null;
    this.ramp = ramp(this.get('low'), this.get('middle'), this.get('high'));
    this.onChange();
  }
}

function ramp(low, middle, high) {
  const [from, centre, to] = [low, middle, high].map(text => text.match(/[\d.]+/g).map(Number));
  const bytes = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) {
    const at = (i - 128) / 127;
    const end = at < 0 ? from : to;
    for (let part = 0; part < 3; part++) bytes[4 * i + part] = centre[part] + (end[part] - centre[part]) * Math.min(1, Math.abs(at));
    bytes[4 * i + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}

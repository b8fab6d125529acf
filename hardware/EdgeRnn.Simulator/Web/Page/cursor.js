// The cursor through all strips and the heat map: a place on the time axis, from 0 at its left to 1 at its right.

export class Cursor {
  constructor(page) {
    this.page = page;
    this.fraction = null;
    this.line = document.getElementById('cursor');
    this.strips = document.getElementById('strips');
    const timeline = document.getElementById('timeline');
    timeline.addEventListener('pointermove', event => this.follow(event));
    timeline.addEventListener('pointerdown', event => this.follow(event));
    timeline.addEventListener('pointerleave', event => { if (event.pointerType === 'mouse') this.set(null); });
    this.strips.addEventListener('keydown', event => this.onKey(event));
  }

  follow(event) {
    if (!this.page.strips) return;
    const { pageLeft, width } = this.page.strips.frame;
    const fraction = (event.clientX - pageLeft) / width;
    this.set(fraction >= 0 && fraction <= 1 ? fraction : null);
  }

  onKey(event) {
    if (event.target !== this.strips) return;
    if (event.key === 'Escape') { this.set(null); return; }
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    this.move(direction, event.shiftKey);
  }

  /** Moves it by a small or a large part of the axis, and says what is there. */
  move(direction, isFar) {
    if (!this.page.strips) return;
    const step = direction * (isFar ? 0.1 : 0.01);
    this.set(this.fraction === null ? (direction < 0 ? 0.99 : 0.01) : Math.max(0, Math.min(1, this.fraction + step)));
    const { columns, at } = this.page.strips.read(this.fraction);
    if (columns.length > 0) this.strips.setAttribute('aria-description', this.page.strips.describe(columns, at));
  }

  set(fraction) {
    if (fraction === this.fraction) return;
    this.fraction = fraction;
    this.page.redrawCursor();
  }

  draw() {
    this.line.hidden = this.fraction === null || !this.page.strips;
    if (this.line.hidden) return;
    const { left, width } = this.page.strips.frame;
    this.line.style.transform = `translateX(${left + this.fraction * width}px)`;
  }
}

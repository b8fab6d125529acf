// The page: takes what the server sends, keeps it, and draws it at most once per frame of the screen.

import { Bands } from './bands.js';
import { Board } from './board.js';
import { Colours } from './colours.js';
import { ALARM } from './columns.js';
import { Controls } from './controls.js';
import { Cursor } from './cursor.js';
import { Health } from './health.js';
import { HeatMap } from './heatmap.js';
import { listen } from './keyboard.js';
import { Log } from './log.js';
import { Status } from './status.js';
import { Stream } from './stream.js';
import { Strips } from './strips.js';
import { View } from './view.js';

const readMillis = 200; // figures that change at every frame cannot be read

class Page {
  constructor() {
    this.isDirty = false;
    this.isCursorDirty = false;
    this.readAt = -Infinity;
    this.span = 60;
    this.strips = null;
    this.colours = new Colours(() => this.recolour());
    this.status = new Status();
    this.controls = new Controls(this);
    this.cursor = new Cursor(this);
    listen(this);
    this.stream = new Stream('/api/stream', {
      hello: hello => this.begin(hello),
      data: frame => this.take(frame),
      event: event => this.log.add(event),
      connection: state => this.status.connect(state),
    });
  }

  /** Begins anew: the first connection, a lost one that is back, or a restart. */
  begin(hello) {
    const { history, events, pinLevels, hidden, health, run, faultKinds, ...description } = hello;
    this.description = description;
    this.strips?.destroy();
    this.board?.destroy();
    this.view = new View(description.channels.length);
    this.view.span = this.span;
    this.bands = new Bands(this.colours);
    this.strips = new Strips(this);
    this.heatMap = new HeatMap(this);
    this.board = new Board(this);
    this.health = new Health(this);
    this.status.describe(description);
    this.controls.describe(description);
    this.log = new Log(this);
    this.take({ ...history, hidden, health, run, faultKinds, pins: pinLevels });
    for (const event of events) this.log.add(event, true);
    this.redraw();
  }

  take(frame) {
    const { view } = this;
    view.add(frame);
    const { recent } = view;
    const state = view.isEmpty ? -1 : recent.state[recent.last];
    if (frame.t.length > 0) this.heatMap.add(view.to, frame.hidden);
    this.board.show(frame.pins, state);
    this.health.show(frame.health);
    this.strips.markFaults(frame.faultKinds);
    this.controls.show(frame.run);
    this.controls.showAlarm(!view.isEmpty && (recent.flags[recent.last] & ALARM) !== 0);
    this.status.update(frame.run, state, view.isEmpty ? null : view.to);
    this.redraw();
  }

  /** Shows so many seconds; 0: all that is kept. */
  show(span) {
    this.span = span;
    if (this.view) this.view.span = span;
    this.redraw();
  }

  redraw() {
    this.isDirty = true;
    this.schedule();
  }

  redrawCursor() {
    this.isCursorDirty = true;
    this.schedule();
  }

  recolour() {
    if (!this.strips) return;
    this.heatMap.drawScale();
    this.log.repaint();
    this.redraw();
  }

  schedule() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => { this.frame = 0; this.draw(); });
  }

  draw() {
    if (!this.strips) return;
    const { fraction } = this.cursor;
    if (this.isDirty) {
      this.bands.find(this.view);
      this.strips.draw();
      this.heatMap.draw();
      this.log.draw();
    }
    if (this.isCursorDirty || fraction !== null || performance.now() - this.readAt > readMillis) {
      this.readAt = performance.now();
      this.cursor.draw();
      this.strips.read(fraction);
      this.heatMap.read(fraction);
    }
    this.isDirty = this.isCursorDirty = false;
  }
}

// Tests and whoever opens the browser's console look at what the page holds.
window.edgernn = new Page();

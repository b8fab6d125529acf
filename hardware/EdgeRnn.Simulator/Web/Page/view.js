// Which part of the run is shown, and from which memory: the latest columns as they came, or the whole run made coarser.

import { Overview, Recent } from './columns.js';

const recentColumns = 81920; // the four fifths that always stay are a minute and more of the 1000 columns a second that come at most
const overviewColumns = 8192;

export class View {
  constructor(channels) {
    this.recent = new Recent(channels + 1, recentColumns);
    this.overview = new Overview(channels + 1, overviewColumns);
    this.span = 60;
  }

  /** Takes the columns of a frame. */
  add(frame) {
    for (let i = 0; i < frame.t.length; i++) {
      this.recent.add(frame, i);
      this.overview.add(frame, i);
    }
  }

  get isEmpty() { return this.recent.length === 0; }

  /** The columns to draw from. */
  get columns() { return this.span > 0 ? this.recent : this.overview; }

  /** The latest time there is. */
  get to() { return this.isEmpty ? 0 : this.recent.t[this.recent.last]; }

  /** The earliest time shown: the axis is as long as asked for from the start. */
  get from() {
    if (this.span > 0) return this.to - this.span;
    return this.isEmpty ? -1 : Math.min(this.overview.t[0], this.to - 1);
  }

  timeAt(fraction) { return this.from + (this.to - this.from) * fraction; }
}

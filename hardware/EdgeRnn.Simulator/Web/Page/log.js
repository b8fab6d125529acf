// What happened, the latest on top. An alarm tells which channels caused it, how long it lasted, and shows the seconds around it.

import { time } from './format.js';
import { Moment } from './moment.js';

const most = 60;
const mostShares = 4;
const hiddenKinds = new Set(['pin']);

export class Log {
  constructor(page) {
    this.page = page;
    this.list = document.getElementById('log');
    this.empty = document.getElementById('log-empty');
    this.count = document.getElementById('log-count');
    this.announcer = document.getElementById('announcer');
    this.list.replaceChildren();
    this.alarms = []; // { item, moment, lasted, t }, the latest first
    this.total = 0;
    this.showCount();
  }

  /** Takes an event; one from before the page was opened is not announced. */
  add(event, isOld = false) {
    if (hiddenKinds.has(event.kind)) return;
    if (event.kind === 'alarm-ended' && this.end(event.t)) { this.page.strips.markCause(null); return; }
    const item = document.createElement('li');
    item.dataset.kind = event.kind;
    const at = document.createElement('time');
    at.textContent = time(event.t);
    const words = document.createElement(event.kind === 'alarm-began' ? 'strong' : 'span');
    words.textContent = event.text;
    if (event.kind === 'sensor-fault') words.className = 'is-fault';
    item.append(at, words);
    this.list.prepend(item);
    if (event.kind === 'alarm-began') this.addAlarm(event, item);
    while (this.list.childElementCount > most) this.list.lastElementChild.remove();
    this.alarms = this.alarms.filter(alarm => alarm.item.isConnected);
    this.showCount();
    if (isOld) return;
    if (event.kind === 'alarm-began' || event.kind === 'sensor-fault') this.announcer.textContent = `${event.text}, ${time(event.t, 0)}`;
  }

  addAlarm(event, item) {
    this.total++;
    const shares = (event.shares ?? []).slice(0, mostShares);
    const lasted = document.createElement('span');
    lasted.className = 'lasted';
    lasted.textContent = ' goes on';
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    const bars = document.createElement('div');
    bars.className = 'shares';
    bars.append(...shares.map(share));
    item.append(lasted, canvas, bars);
    const channel = this.page.description.channels.findIndex(one => one.name === shares[0]?.name);
    const moment = new Moment(canvas, this.page, event.t, channel);
    this.alarms.unshift({ item, moment, lasted, t: event.t, isOver: false });
    this.page.strips.markCause(shares[0]?.name ?? null);
    moment.update();
  }

  end(seconds) {
    const alarm = this.alarms.find(one => !one.isOver);
    if (!alarm) return false;
    alarm.isOver = true;
    alarm.lasted.textContent = ` lasted ${(seconds - alarm.t).toFixed(1)} s`;
    return true;
  }

  showCount() {
    this.empty.hidden = this.list.childElementCount > 0;
    this.count.textContent = this.total === 0 ? '' : this.total === 1 ? '1 alarm' : `${this.total} alarms`;
  }

  draw() { for (const alarm of this.alarms) alarm.moment.update(); }

  /** Paints all plots again, in other colours. */
  repaint() { for (const alarm of this.alarms) alarm.moment.paint(); }
}

function share({ name, percent }) {
  const row = document.createElement('div');
  const label = document.createElement('span');
  label.textContent = name;
  const bar = document.createElement('i');
  bar.style.width = `${percent}%`;
  const figure = document.createElement('span');
  figure.textContent = `${percent} %`;
  row.append(label, bar, figure);
  return row;
}

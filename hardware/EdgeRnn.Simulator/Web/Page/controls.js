// What a person may do to the run. A control that the source does not understand is not there.

import { count } from './format.js';

const byId = id => document.getElementById(id);
const refusalMillis = 8000;

export class Controls {
  constructor(page) {
    this.page = page;
    this.description = null;
    this.isPaused = false;
    this.isRecording = false;
    byId('pause').addEventListener('click', () => this.togglePause());
    byId('step').addEventListener('click', () => this.send('step'));
    byId('speed').addEventListener('change', event => this.send('speed', Number(event.target.value)));
    byId('seed-box').addEventListener('submit', event => { event.preventDefault(); this.restart(); });
    byId('acknowledge').addEventListener('click', () => this.send('acknowledge'));
    byId('record').addEventListener('click', () => this.toggleRecord());
    byId('spans').addEventListener('change', event => this.page.show(Number(event.target.value)));
  }

  describe(description) {
    this.description = description;
    const { can, faults, seed } = description;
    byId('pause').hidden = !can.pause;
    byId('step').hidden = true;
    byId('speed-box').hidden = !can.speed;
    byId('seed-box').hidden = !can.seed;
    byId('acknowledge').hidden = true;
    byId('run').hidden = !(can.pause || can.speed || can.seed);
    byId('seed').value = seed;
    this.describeFaults(faults);
    const needs = { ...can, faults: faults.length > 0 };
    for (const line of document.querySelectorAll('[data-needs]')) line.hidden = !needs[line.dataset.needs];
  }

  describeFaults(faults) {
    byId('faults').hidden = faults.length === 0;
    byId('fault-buttons').replaceChildren(...faults.map(({ id, label }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset.fault = id;
      button.textContent = label;
      button.addEventListener('click', () => this.send('fault', id));
      return button;
    }));
  }

  /** An alarm can be acknowledged while there is one. */
  showAlarm(isAlarming) { byId('acknowledge').hidden = !(this.description.can.acknowledge && isAlarming); }

  /** Shows where the run stands, unless a person is just choosing something else. */
  show(run) {
    if (!run) return;
    this.isPaused = run.paused;
    const pause = byId('pause');
    const text = run.paused ? 'Go on' : 'Pause';
    if (pause.textContent !== text) pause.textContent = text;
    pause.hidden = !this.description.can.pause || run.over;
    byId('faults').hidden = this.description.faults.length === 0 || run.over;
    if (run.recording) this.showRecording(run.recording);
    byId('step').hidden = !this.description.can.pause || !run.paused || run.over;
    const speed = byId('speed');
    const value = String(run.speed);
    if (document.activeElement !== speed && speed.value !== value) this.showSpeed(speed, value);
  }

  showSpeed(select, value) {
    const options = [...select.options];
    if (!options.some(option => option.value === value))
      select.add(new Option(`${value} ×`, value), options.find(option => Number(option.value) > Number(value) || option.value === '0'));
    select.value = value;
  }

  togglePause() { if (this.description?.can.pause) this.send(this.isPaused ? 'resume' : 'pause'); }

  changeSpeed(direction) {
    if (!this.description?.can.speed) return;
    const select = byId('speed');
    const next = select.options[select.selectedIndex + direction];
    if (!next) return;
    select.value = next.value;
    this.send('speed', Number(next.value));
  }

  restart() {
    const text = byId('seed').value.trim();
    if (text === this.description.seed || text === '') this.send('restart'); else this.send('seed', text);
  }

  async toggleRecord() {
    const next = !this.isRecording;
    if (await this.send(next ? 'record-start' : 'record-stop')) this.showRecording({ on: next, rows: 0, lost: 0 });
  }

  /** Shows whether rows are recorded, and what an export would give. */
  showRecording({ on, rows, lost }) {
    this.isRecording = on;
    byId('record').setAttribute('aria-pressed', String(on));
    const label = on ? 'Stop recording' : 'Record';
    if (byId('record-label').textContent !== label) byId('record-label').textContent = label;
    const what = rows > 0 ? `${count(rows)} recorded rows${lost > 0 ? `, ${count(lost)} more are lost` : ''}` : 'everything that is kept';
    if (byId('export').title !== what) byId('export').title = what;
  }

  /** Sends a command; true: it was done. Why not is shown otherwise. */
  async send(command, value) {
    try {
      const answer = await fetch('/api/control', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ command, value }), // without a value JSON has none
      });
      if (answer.ok) { this.refuse(''); return true; }
      const said = await answer.json().catch(() => ({}));
      this.refuse(said.error ?? `${command}: the server answered ${answer.status}`);
    } catch {
      this.refuse(`${command}: no answer; is edgernn still running?`);
    }
    return false;
  }

  refuse(text) {
    const line = byId('refusal');
    line.textContent = text;
    line.hidden = text === '';
    clearTimeout(this.refusalTimer);
    if (text !== '') this.refusalTimer = setTimeout(() => this.refuse(''), refusalMillis);
  }
}

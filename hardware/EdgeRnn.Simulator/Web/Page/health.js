// How well it runs: figures that are measured, and only those.

import { count, short } from './format.js';

const figures = [
  { key: 'stepMedianUs', name: 'Step, median', unit: 'µs', text: short },
  { key: 'stepP99Us', name: 'Step, p99', unit: 'µs', text: short },
  { key: 'missedDeadlines', name: 'Missed deadlines', text: count, isBadAboveZero: true },
  { key: 'bytesPerStep', name: 'Allocated per step', unit: 'B', text: short, isBadAboveZero: true },
  { key: 'droppedSamples', name: 'Dropped samples', text: count, isBadAboveZero: true },
  { key: 'missingSamples', name: 'Missing samples', text: count },
  { key: 'samples', name: 'Samples', text: count },
  { key: 'restarts', name: 'Sensor restarts', text: count },
];

export class Health {
  constructor(page) {
    this.list = document.getElementById('health');
    this.list.replaceChildren();
    this.shown = figures.map(figure => {
      const box = document.createElement('div');
      box.dataset.figure = figure.key;
      const name = document.createElement('dt');
      name.textContent = figure.name;
      const value = document.createElement('dd');
      const number = document.createElement('span');
      const unit = document.createElement('small');
      unit.textContent = figure.unit ?? '';
      value.append(number, unit);
      box.append(name, value);
      box.hidden = true;
      this.list.append(box);
      return { ...figure, box, number };
    });
    if (!page.description.simulated) return;
    const where = document.createElement('div');
    where.className = 'where';
    const note = document.createElement('dt');
    note.textContent = 'Step time and allocation are measured on this computer; deadlines and samples are the simulated device’s.';
    where.append(note);
    this.list.append(where);
  }

  show(health) {
    for (const { key, box, number, text, isBadAboveZero } of this.shown) {
      const value = health?.[key];
      const isKnown = value !== null && value !== undefined && value >= 0;
      box.hidden = !isKnown;
      if (!isKnown) continue;
      const shown = text(value);
      if (number.textContent !== shown) number.textContent = shown;
      box.classList.toggle('is-bad', Boolean(isBadAboveZero) && value > 0);
    }
  }
}

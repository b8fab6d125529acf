// What the page is about and how things stand: heading, badge, time, state, expectations, and one plain sentence where something is
// to be said.

import { stateName, time } from './format.js';

const byId = id => document.getElementById(id);

function set(element, text) { if (element.textContent !== text) element.textContent = text; }

export class Status {
  constructor() {
    this.connection = 'connecting';
    this.isEmpty = true;
    this.run = null;
    this.verdicts = '';
  }

  describe(description) {
    set(byId('title'), description.title);
    set(byId('source'), description.source);
    document.title = `${description.title} – EdgeRnn`;
    const badge = byId('badge');
    badge.hidden = false;
    badge.textContent = description.simulated ? 'SIMULATED' : 'LIVE';
    badge.dataset.live = String(!description.simulated);
    this.duration = description.durationSeconds ?? 0;
    this.isEmpty = true;
    this.run = null;
    this.show();
  }

  /** `connecting`, `open` or `lost`. */
  connect(state) { this.connection = state; this.show(); }

  update(run, state, latest) {
    this.isEmpty = this.isEmpty && !(latest !== null);
    this.run = run ?? this.run;
    const now = this.run?.now ?? latest ?? 0;
    set(byId('clock'), time(now) + (this.duration > 0 ? ` / ${time(this.duration, 0)}` : ''));
    set(byId('state'), stateName(state));
    byId('state').dataset.state = String(state);
    this.showVerdicts(this.run?.verdicts ?? []);
    this.show();
  }

  show() {
    const [kind, text] = this.sentence();
    const notice = byId('notice');
    notice.hidden = text === '';
    notice.dataset.kind = kind;
    set(notice, text);
  }

  sentence() {
    if (this.connection === 'lost') return ['lost', 'Connection lost. What is shown stands still; trying again…'];
    if (this.connection === 'connecting') return ['waiting', 'Connecting…'];
    if (this.run?.over) return this.ending(this.run.verdicts ?? []);
    if (this.run?.hindrance) return ['hindrance', this.run.hindrance];
    if (this.isEmpty) return ['waiting', 'Connected. Waiting for the first sample…'];
    return ['', ''];
  }

  ending(verdicts) {
    const met = verdicts.filter(verdict => verdict.met === true).length;
    if (verdicts.length === 0) return ['over', 'The run is over.'];
    if (met === 1 && verdicts.length === 1) return ['over', 'The run is over. Its expectation is met.'];
    if (met === verdicts.length) return ['over', `The run is over. All ${met} expectations are met.`];
    return ['unmet', `The run is over. ${met} of ${verdicts.length} expectations are met.`];
  }

  showVerdicts(verdicts) {
    const text = JSON.stringify(verdicts);
    if (text === this.verdicts) return;
    this.verdicts = text;
    byId('verdicts').hidden = verdicts.length === 0;
    byId('verdict-list').replaceChildren(...verdicts.map(verdict => {
      const item = document.createElement('li');
      const words = document.createElement('span');
      item.dataset.met = String(verdict.met);
      words.textContent = verdict.text;
      const why = document.createElement('small');
      why.textContent = [{ true: 'met', false: 'not met' }[verdict.met] ?? 'not decided yet', verdict.why].filter(Boolean).join(': ');
      words.append(why);
      item.append(words);
      return item;
    }));
  }
}

// Keys that work anywhere on the page, unless something is being typed or a control takes the key itself.

export function listen(page) {
  const byId = id => document.getElementById(id);
  const help = byId('help');
  byId('help-open').addEventListener('click', () => help.showModal());

  const show = value => { document.querySelector(`input[name="span"][value="${value}"]`).checked = true; page.show(value); };
  const actions = {
    ' ': () => page.controls.togglePause(),
    '.': () => { if (!byId('step').hidden) page.controls.send('step'); },
    '+': () => page.controls.changeSpeed(1),
    '-': () => page.controls.changeSpeed(-1),
    t: () => byId('threshold')?.focus(),
    f: () => byId('fault-buttons').firstElementChild?.focus(),
    a: () => { if (!byId('acknowledge').hidden) page.controls.send('acknowledge'); },
    r: () => page.controls.toggleRecord(),
    e: () => byId('export').click(),
    d: () => page.colours.next(),
    1: () => show(10),
    2: () => show(60),
    3: () => show(0),
    '?': () => help.showModal(),
    ArrowLeft: event => page.cursor.move(-1, event.shiftKey),
    ArrowRight: event => page.cursor.move(1, event.shiftKey),
    Escape: () => page.cursor.set(null),
  };

  document.addEventListener('keydown', event => {
    if (help.open || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (target.matches('input[type="radio"]') ? event.key.startsWith('Arrow') : target.matches('input, select, textarea')) return;
    if (event.key === ' ' && target.matches('button, a, [role="button"], input')) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action(event);
  });
}

// Numbers, times and units as a person reads them.

const faults = ['', 'not a number', 'infinite', 'out of range', 'stuck', 'flat line', 'spike', 'no sample', 'late'];
const minus = text => text.replace('-', '−');

/** A number with as many decimals as tell apart what lies within a range; "–" where there is none. */
export function number(value, range = Math.abs(value) || 1) {
  if (value === null || !Number.isFinite(value)) return '–';
  const decimals = Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(range || 1))));
  return minus(value.toFixed(decimals));
}

/** The figures of an axis, with as many digits as tell them apart. */
export function figures(splits) {
  const most = Math.max(...splits.map(Math.abs)), gap = Math.min(...splits.slice(1).map((value, i) => value - splits[i]));
  const digits = Number.isFinite(gap) && gap > 0 ? Math.ceil(Math.log10(most / gap)) + 1 : 3;
  return splits.map(value => short(value, Math.min(9, Math.max(3, digits))));
}

/** Some digits of a number that may be of any size: 0.0123, 4.56, 789, 12300. */
export function short(value, digits = 3) {
  if (value === null || !Number.isFinite(value)) return '–';
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) return minus(value.toExponential(2));
  return minus(String(Number(value.toPrecision(digits))));
}

/** A time of the device: 0:05.2, 12:00.0, 1:02:03.4. */
export function time(seconds, decimals = 1) {
  if (!Number.isFinite(seconds)) return '–';
  const sign = seconds < 0 ? '−' : '';
  const unit = 10 ** decimals;
  const all = Math.round(Math.abs(seconds) * unit);
  const whole = Math.floor(all / unit);
  const pad = n => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const fraction = decimals > 0 ? '.' + String(all % unit).padStart(decimals, '0') : '';
  return sign + (hours > 0 ? `${hours}:${pad(minutes)}` : minutes) + ':' + pad(whole % 60) + fraction;
}

/** A count with thin spaces between thousands. */
export function count(value) {
  if (value === null || value === undefined) return '–';
  return minus(String(Math.round(value))).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** A unit as it is printed: m/s2 is m/s². */
export const unit = text => text.replace(/2(?=$|\/)/g, '²').replace(/3(?=$|\/)/g, '³').replace(/^degC$/, '°C');

/** The detector's states, by their numbers. */
export const stateName = state => ['Warming up', 'Learning', 'Ready', 'Alarm', 'Sensor fault'][state] ?? '–';

/** What is wrong with a channel, by the number of its kind. */
export const faultName = kind => faults[kind] ?? '';

/** Amounts as Slurm writes them. */
import { InputError } from '../common/errors';

/** "0-63%8": so many tasks, so many of them at once. */
export function arrayWord(count: number, limit: number | undefined): string {
  return `0-${String(count - 1)}${limit === undefined ? '' : `%${String(limit)}`}`;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEP = 10 * MINUTE;
/** What is longer was meant otherwise: Slurm takes it, and makes something else of it. */
const LONGEST = 366 * DAY;

/** "1-04:00:00", rounded up to ten minutes. */
export function timeWord(seconds: number): string {
  return timeWithin(seconds, Infinity);
}

/** The same, but no more than is allowed. @param most in seconds */
export function timeWithin(seconds: number, most: number): string {
  return clock(Math.min(most, Math.max(1, Math.ceil(seconds / STEP)) * STEP));
}

function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const days = Math.floor(seconds / DAY);
  const rest = seconds % DAY;
  const ofDay = [rest / HOUR, (rest % HOUR) / MINUTE, rest % MINUTE].map((part) => two(Math.floor(part))).join(':');
  return days === 0 ? ofDay : `${String(days)}-${ofDay}`;
}

/**
 * As `timeWord` writes it. Taken as sbatch takes it: minutes, minutes:seconds, hours:minutes:seconds, days-hours,
 * days-hours:minutes(:seconds).
 * @throws InputError
 */
export function checkedTime(word: string): string {
  const isTime = /^\d+(:\d{1,2}){0,2}$|^\d+-\d{1,2}(:\d{1,2}){0,2}$/.test(word);
  if (isTime && secondsIn(word) > 0 && secondsIn(word) <= LONGEST) return clock(secondsIn(word));
  throw new InputError('not a time', {
    place: '--time',
    found: JSON.stringify(word),
    expected: 'hours as 04:00:00, days as 1-12, or minutes as 90, of at most a year',
  });
}

/** Such as 02:00:00 of 01:00:00. @param word as `checkedTime` gives it */
export function twiceTheTime(word: string): string {
  return clock(2 * secondsIn(word));
}

/** @param word in any of the ways that sbatch takes */
export function secondsIn(word: string): number {
  const [rest = '', days] = word.split('-').reverse();
  const parts = rest.split(':').map(Number);
  const [hours = 0, minutes = 0, seconds = 0] = days !== undefined || parts.length === 3 ? parts : [0, ...parts];
  return Number(days ?? 0) * DAY + hours * HOUR + minutes * MINUTE + seconds;
}

const LONGEST_WARNING = 2 * MINUTE;
const SHARE_OF_WARNING = 12;

/** How many seconds before its time is up a task is told: Slurm looks twice a minute, and may tell it so much earlier. */
export function warningSeconds(time: string | null): number {
  if (time === null) return LONGEST_WARNING;
  return Math.max(1, Math.min(LONGEST_WARNING, Math.floor(secondsIn(time) / SHARE_OF_WARNING)));
}

const MEBIBYTE = 2 ** 20;
const UNITS: Readonly<Record<string, number>> = { K: 2 ** 10, M: MEBIBYTE, G: 2 ** 30, T: 2 ** 40 };
const GRAIN = 256;

/** "1536M", rounded up to 256 MiB. */
export function memoryWord(bytes: number): string {
  return `${String(Math.ceil(bytes / MEBIBYTE / GRAIN) * GRAIN)}M`;
}

/** In bytes; undefined of "none", where nothing is asked for. @throws InputError */
export function memoryOf(word: string): number | undefined {
  if (word === 'none') return undefined;
  const [, amount, unit = 'M'] = /^(\d+)([KMGT]?)B?$/i.exec(word) ?? [];
  const bytes = Number(amount) * (UNITS[unit.toUpperCase() === '' ? 'M' : unit.toUpperCase()] ?? NaN);
  if (bytes > 0) return bytes;
  throw new InputError('not an amount of memory', {
    place: '--memory',
    found: JSON.stringify(word),
    expected: 'such as 4G or 600M, or none',
  });
}

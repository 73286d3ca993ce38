/** EPOCHLENS_MEMORY_LIMIT: the most memory that a process of ours may take, for machines that are shared. */
import { InputError } from '../../common/errors';

export const MEMORY_LIMIT = 'EPOCHLENS_MEMORY_LIMIT';

const UNITS: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9, MIB: 2 ** 20, GIB: 2 ** 30 };

/** In bytes; undefined where none is set. @throws InputError */
export function memoryLimit(text = process.env[MEMORY_LIMIT]): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const [, amount, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text) ?? [];
  const bytes = Number(amount) * (UNITS[unit.toUpperCase()] ?? NaN);
  if (bytes > 0) return bytes;
  throw new InputError('not an amount of memory', {
    place: MEMORY_LIMIT,
    found: JSON.stringify(text),
    expected: 'a number above 0 and its unit, such as 800MB or 4GB',
  });
}

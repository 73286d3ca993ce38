/** How much memory this process may still take. */
import { execFileSync } from 'node:child_process';
import { freemem } from 'node:os';
import type { Engine } from '../engine';
import { ENGINES } from '../engines';
import { containerMemory } from './container';
import { InputError } from '../../common/errors';

export interface FreeMemory {
  /** Infinite where nothing says how much it is. */
  readonly bytes: number;
  /** What the bytes are, to be read after "4.1 GB": "are free". */
  readonly words: string;
}

/** For what the engine computes. @throws InputError where EPOCHLENS_MEMORY_LIMIT is no amount */
export function freeMemory({ name, device }: Pick<Engine, 'name' | 'device'>): FreeMemory {
  if (device !== 'CPU') return { bytes: graphicsMemory(), words: 'is all that the graphics card has' };
  const { addresses } = ENGINES[name];
  return addresses === undefined ? freeHostMemory() : least([freeHostMemory(), addresses]);
}

/** Of the machine's own memory. @throws InputError where EPOCHLENS_MEMORY_LIMIT is no amount */
export function freeHostMemory(): FreeMemory {
  const container = containerMemory();
  const limit = memoryLimit();
  return least([
    { bytes: systemMemory(), words: 'are free' },
    { bytes: container ?? Infinity, words: "are left of the container's limit" },
    { bytes: leftOf(limit), words: `are left of ${MEMORY_LIMIT}` },
  ]);
}

function least(amounts: readonly FreeMemory[]): FreeMemory {
  return amounts.reduce((least, each) => (each.bytes < least.bytes ? each : least));
}

function leftOf(limit = Infinity): number {
  return Math.max(0, limit - process.memoryUsage.rss());
}

/**
 * Without swap. On Linux this is `MemAvailable`, on Windows what is available too: file content in memory counts as free.
 * On macOS it does not, so that its own tool is asked.
 */
function systemMemory(): number {
  if (process.platform !== 'darwin') return freemem();
  return availableOnMac(outputOf('vm_stat')) ?? freemem();
}

/** Free, speculative and inactive pages, which psutil counts as available too. @param text of `vm_stat` */
export function availableOnMac(text: string): number | undefined {
  const pageSize = Number(/page size of (\d+) bytes/.exec(text)?.[1]);
  const pages = ['free', 'speculative', 'inactive'].map((kind) =>
    Number(new RegExp(`^Pages ${kind}:\\s+(\\d+)\\.`, 'm').exec(text)?.[1]),
  );
  const bytes = pageSize * pages.reduce((sum, count) => sum + count, 0);
  return Number.isFinite(bytes) ? bytes : undefined;
}

/** All of a card: what is free of it TensorFlow has taken for itself by now. */
function graphicsMemory(): number {
  return smallestCard(outputOf('nvidia-smi', '--query-gpu=memory.total', '--format=csv,noheader,nounits'));
}

/** In bytes; infinite where none is named. @param text a line a card, in MiB */
export function smallestCard(text: string): number {
  const cards = text.split('\n').map(Number);
  return Math.min(...cards.filter((mebibytes) => mebibytes > 0)) * 2 ** 20;
}

/** Empty where there is no such program. */
function outputOf(program: string, ...args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', timeout: 5000, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}

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

/** Pillow in a process of its own, asked for one picture after another. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { WorkError } from '../../src/common/errors';
import type { RgbImage } from '../../src/imaging';

/** What Pillow calls the format, and its picture; or why it refuses. */
export type PillowAnswer = { readonly format: string; readonly image: RgbImage } | { readonly error: string };

export interface Pillow {
  readonly version: string;
  read(path: string): Promise<PillowAnswer>;
  stop(): void;
}

/** This file is bundled into `dist/`. */
const SCRIPT = join(__dirname, '..', 'test', 'checkImages', 'pillow.py');

/** @throws WorkError where there is no such Python, or it has no Pillow */
export async function startPillow(python: string): Promise<Pillow> {
  const child = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = once(child, 'error').then((reasons) => {
    throw noPillow(python, (reasons[0] as Error).message);
  });
  failed.catch(() => undefined);
  // An end of the process is told by what it no longer says.
  child.stdin.on('error', () => undefined);
  const reader = createReader(child.stdout);
  const greeting = await Promise.race([reader.line(), failed]);
  if ('missing' in greeting) throw noPillow(python, String(greeting['missing']));
  return {
    version: String(greeting['version']),
    read: async (path) => {
      child.stdin.write(`${path}\n`);
      const answer = await reader.line();
      if ('error' in answer) return { error: String(answer['error']) };
      const { format, width, height } = answer as { format: string; width: number; height: number };
      return { format, image: { width, height, pixels: await reader.bytes(width * height * 3) } };
    },
    stop: () => child.kill(),
  };
}

function noPillow(python: string, found: string): WorkError {
  return new WorkError('no Pillow to compare with', {
    place: python,
    found,
    expected: 'a Python that has Pillow',
    advice: 'Name one by --python or EPOCHLENS_PYTHON, or install it: python3 -m pip install pillow',
  });
}

interface Reader {
  line(): Promise<Record<string, unknown>>;
  bytes(count: number): Promise<Uint8Array>;
}

/** Reads lines of JSON and bytes in turn. */
function createReader(stream: Readable): Reader {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  let held: Buffer[] = [];
  const more = async (): Promise<void> => {
    const { value } = await chunks.next();
    if (value === undefined) throw new WorkError('Pillow has ended', { expected: 'an answer for every picture' });
    held.push(value);
  };
  const take = (count: number): Buffer => {
    const all = Buffer.concat(held);
    held = [all.subarray(count)];
    return all.subarray(0, count);
  };
  return {
    line: async () => {
      while (held.at(-1)?.includes(10) !== true) await more();
      const line = take(Buffer.concat(held).indexOf(10) + 1);
      return JSON.parse(line.toString('utf8')) as Record<string, unknown>;
    },
    bytes: async (count) => {
      while (held.reduce((sum, { length }) => sum + length, 0) < count) await more();
      return take(count);
    },
  };
}

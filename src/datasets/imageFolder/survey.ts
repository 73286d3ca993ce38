/** Reads files that nothing is known of yet, in threads: their hashes, and whether they can be decoded. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError } from '../../common/errors';
import { yieldToEvents } from '../../common/yieldToEvents';
import { ANNOTATIONS } from './annotated';
import { decodedPictures } from './decoding/cache';
import { pool } from './decoding/pool';
import type { Target } from './decoding/tasks';
import { holds, loadFacts, stampOf, storeFacts, type FileFacts, type GroupFacts } from './facts';
import type { FileGroup } from './sets';

export interface SurveyOptions {
  /** Whether files are decoded as well, and to what: those that can be are then in the cache. */
  readonly target?: Target | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number) => void) | undefined;
}

/** Files a task: a thread is never long without an answer. */
const PART = 32;

/** Of every file of a group, in no order. @throws CancelledError */
export async function surveyGroup(
  root: string,
  { name, files }: FileGroup,
  { target, signal, progress }: SurveyOptions = {},
): Promise<GroupFacts> {
  const known = await loadFacts(root, name);
  const found: GroupFacts = new Map();
  const missing: { file: string; stamp: NonNullable<ReturnType<typeof stampOf>> }[] = [];
  for (const file of files) {
    const stamp = stampOf(join(root, file));
    const facts = known.get(file);
    if (holds(facts, stamp) && (target === undefined || facts.reason !== undefined)) found.set(file, facts);
    else missing.push({ file, stamp: stamp ?? { size: -1, mtimeMs: 0, ctimeMs: 0 } });
  }
  progress?.(found.size);
  await yieldToEvents();
  if (missing.length === 0) return found;
  const readAt = Date.now();
  const parts = Array.from({ length: Math.ceil(missing.length / PART) }, (_, at) =>
    missing.slice(at * PART, (at + 1) * PART),
  );
  await Promise.all(
    parts.map(async (part) => {
      const paths = part.map(({ file }) => join(root, file));
      const { pixels, hashes, reasons } = await pool.run({ paths, target, hashes: true }, signal);
      const length = pixels.length / part.length;
      for (const [at, { file, stamp }] of part.entries()) {
        const hash = Buffer.from(hashes.subarray(at * 32, (at + 1) * 32)).toString('hex');
        const reason = reasons[at];
        const facts = { ...stamp, hash, reason: target === undefined && reason === null ? undefined : reason };
        found.set(file, facts);
        if (target !== undefined && reason === null)
          decodedPictures.put(pictureKey(hash, target), pixels.subarray(at * length, (at + 1) * length));
      }
      progress?.(part.length);
    }),
  );
  if (signal?.aborted === true) throw new CancelledError();
  for (const [file, facts] of found) known.set(file, facts);
  await storeFacts(root, name, known, readAt);
  return found;
}

export function pictureKey(hash: string, { size, resize }: Target): string {
  return `${hash} ${size} ${JSON.stringify(resize)}`;
}

/** SHA-256, hexadecimal, of a group: the names, sizes and bytes of its files, and of the table that says their classes. */
export async function hashGroup(
  root: string,
  group: FileGroup,
  facts: ReadonlyMap<string, FileFacts>,
): Promise<string> {
  const hash = createHash('sha256');
  for (const table of [join(root, group.name, ANNOTATIONS), join(root, group.name)]) {
    const bytes = await readFile(table).catch(() => undefined);
    if (bytes !== undefined) hash.update(bytes);
  }
  for (const file of [...group.files].sort()) {
    const { size = 0, hash: ofFile = '' } = facts.get(file) ?? {};
    hash.update(`${JSON.stringify(file)} ${size} ${ofFile}\n`);
  }
  return hash.digest('hex');
}

/**
 * results/: what was computed, each file named by the hash of all that it was computed from. A file that is torn,
 * damaged or of other inputs is as good as absent: its reader computes again.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../common/atomic';
import { canonicalJson, jsonHash } from '../common/canonicalJson';
import { makeFolder } from '../common/folders';
import { readRegularFile } from '../common/regularFile';
import { runPaths } from './paths';

const CHECKSUM_BYTES = 32;

/** The file's name of a result. `kind` is a word such as 'heatmaps'; `inputs` is JSON of all that it depends on. */
export function resultName(kind: string, inputs: unknown, extension: 'json' | 'bin' = 'json'): string {
  return `${kind}-${jsonHash(inputs).slice(0, 32)}.${extension}`;
}

function resultPath(folder: string, kind: string, inputs: unknown, extension: 'json' | 'bin'): string {
  return join(runPaths(folder).results, resultName(kind, inputs, extension));
}

/** Keeps a result that is JSON: finite numbers, texts, lists, objects. */
export async function storeResult(folder: string, kind: string, inputs: unknown, value: unknown): Promise<void> {
  const entry = { inputs, checksum: jsonHash(value), value };
  await store(folder, resultPath(folder, kind, inputs, 'json'), canonicalJson(entry));
}

/** The stored result, if there is one that is whole and fits the schema. */
export async function loadResult<Schema extends z.ZodType>(
  folder: string,
  kind: string,
  inputs: unknown,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const entry = await readEntry(folder, resultName(kind, inputs));
  if (entry === undefined || canonicalJson(entry.inputs) !== canonicalJson(inputs)) return undefined;
  return schema.safeParse(entry.value).data;
}

/** A result by its file's name alone, whatever it was computed from: for one that has been overtaken. */
export async function loadNamedResult<Schema extends z.ZodType>(
  folder: string,
  kind: string,
  name: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  if (!/^[A-Za-z]+-[0-9a-f]{32}\.json$/.test(name)) return undefined;
  const entry = await readEntry(folder, name);
  if (entry === undefined || resultName(kind, entry.inputs) !== name) return undefined;
  return schema.safeParse(entry.value).data;
}

async function readEntry(folder: string, name: string): Promise<z.output<typeof entrySchema> | undefined> {
  try {
    const content: unknown = JSON.parse((await readRegularFile(join(runPaths(folder).results, name))).toString('utf8'));
    const entry = entrySchema.parse(content);
    return entry.checksum === jsonHash(entry.value) ? entry : undefined;
  } catch {
    return undefined;
  }
}

const entrySchema = z.object({ inputs: z.unknown(), checksum: z.string(), value: z.unknown() });

/** Keeps a result that is bytes, behind their sha256. */
export async function storeBinaryResult(
  folder: string,
  kind: string,
  inputs: unknown,
  bytes: Uint8Array,
): Promise<void> {
  await store(folder, resultPath(folder, kind, inputs, 'bin'), Buffer.concat([sha256(bytes), bytes]));
}

/** The stored bytes, at offset 0 of a buffer of their own, if they are whole. */
export async function loadBinaryResult(folder: string, kind: string, inputs: unknown): Promise<Uint8Array | undefined> {
  const content = await readRegularFile(resultPath(folder, kind, inputs, 'bin')).catch(() => undefined);
  if (content === undefined || content.length < CHECKSUM_BYTES) return undefined;
  const bytes = new Uint8Array(content.subarray(CHECKSUM_BYTES));
  return sha256(bytes).equals(content.subarray(0, CHECKSUM_BYTES)) ? bytes : undefined;
}

async function store(folder: string, path: string, data: string | Uint8Array): Promise<void> {
  await makeFolder(runPaths(folder).results);
  // A torn file is as good as absent: not worth the disk's time for each of thousands.
  await writeFileAtomically(path, data, { toDisk: false });
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

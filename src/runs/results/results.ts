/**
 * results/: what was computed, each file named by the hash of all that it was computed from. A file that is torn,
 * damaged or of other inputs is as good as absent: its reader computes again.
 *
 * A .json file is an object of `inputs`, `value` and `checksum`, which is of the value. A .bin file is the sha256 of all
 * that follows it, the value's bytes, and, since results say what they were computed from, the JSON of that, its length
 * in bytes (little-endian u32) and 8 bytes that mark it: see `binaryResult`.
 */
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import * as z from 'zod';
import { errorCode, writeFileAtomically } from '../../common/atomic';
import { canonicalJson, jsonHash } from '../../common/canonicalJson';
import { makeFolder } from '../../common/folders';
import {
  aboutResultSchema,
  binaryResult,
  isOfInputs,
  parseBinaryResult,
  parseOrigin,
  type AboutResult,
} from './binaryResult';
import { readRegularFile, readSmallFile } from '../../common/regularFile';
import { yieldToEvents } from '../../common/yieldToEvents';
import { runPaths } from '../paths';
import { sha256 } from '../sums/sums';

/** The file's name of a result. `kind` is a word such as 'heatmaps'; `inputs` is JSON of all that it depends on. */
function resultName(kind: string, inputs: unknown, extension: 'json' | 'bin' = 'json'): string {
  return nameOfText(kind, canonicalJson(inputs), extension);
}

function nameOfText(kind: string, inputsText: string, extension: 'json' | 'bin'): string {
  return `${kind}-${sha256(inputsText).slice(0, 32)}.${extension}`;
}

/** How results of one kind lie in a run's folder as JSON: finite numbers, texts, lists, objects. */
export interface JsonResults<Inputs, Value> {
  /** The name of the file that a result has or would have. */
  nameOf(inputs: Inputs): string;
  /** The stored result, if there is one that is whole and fits the schema. */
  load(folder: string, inputs: Inputs): Promise<Value | undefined>;
  /** By its file's name alone, whatever it was computed from: one that has been overtaken. */
  loadNamed(folder: string, name: string): Promise<Value | undefined>;
  store(folder: string, inputs: Inputs, value: Value, about?: AboutResult): Promise<void>;
}

/** @param keyOf all that a result depends on, as its name is the hash of */
export function jsonResults<Inputs, Value>(
  kind: string,
  schema: z.core.$ZodType<Value>,
  keyOf: (inputs: Inputs) => unknown,
): JsonResults<Inputs, Value> {
  const nameOf = (inputs: Inputs): string => resultName(kind, keyOf(inputs));
  return {
    nameOf,
    async load(folder, inputs) {
      const entry = await readEntry(folder, nameOf(inputs));
      if (entry === undefined || canonicalJson(entry.inputs) !== canonicalJson(keyOf(inputs))) return undefined;
      return z.safeParse(schema, entry.value).data;
    },
    async loadNamed(folder, name) {
      if (!/^[A-Za-z]+-[0-9a-f]{32}\.json$/.test(name)) return undefined;
      const entry = await readEntry(folder, name);
      if (entry === undefined || resultName(kind, entry.inputs) !== name) return undefined;
      return z.safeParse(schema, entry.value).data;
    },
    async store(folder, inputs, value, about = {}) {
      const entry = {
        inputs: keyOf(inputs),
        checksum: jsonHash(value),
        value,
        about,
        aboutChecksum: jsonHash(about),
      };
      await store(folder, nameOf(inputs), canonicalJson(entry));
    },
  };
}

/** Whether anything of a kind is kept, whatever it was computed from. */
export async function hasResults(folder: string, kind: string): Promise<boolean> {
  const names = await readdir(runPaths(folder).results).catch(() => []);
  return names.some((name) => name.startsWith(`${kind}-`));
}

async function readEntry(folder: string, name: string): Promise<z.output<typeof entrySchema> | undefined> {
  const content = await readRegularFile(join(runPaths(folder).results, name)).catch(() => undefined);
  return content && parseEntry(content.toString('utf8'));
}

function parseEntry(text: string): z.output<typeof entrySchema> | undefined {
  try {
    const entry = entrySchema.parse(JSON.parse(text));
    const { about, aboutChecksum } = entry;
    const isWhole = aboutChecksum === (about && jsonHash(about));
    return isWhole && (hasItsChecksum(entry, text) || entry.checksum === jsonHash(entry.value)) ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** The value is written last, and as its checksum takes it: of thousands of numbers no text is made again. */
function hasItsChecksum(entry: z.output<typeof entrySchema>, text: string): boolean {
  const before = `${canonicalJson({ ...entry, value: undefined }).slice(0, -1)},"value":`;
  return text.startsWith(before) && text.endsWith('}') && sha256(text.slice(before.length, -1)) === entry.checksum;
}

const entrySchema = z.object({
  inputs: z.unknown(),
  checksum: z.string(),
  value: z.unknown(),
  // Absent in results of older versions.
  about: aboutResultSchema.exactOptional(),
  aboutChecksum: z.string().exactOptional(),
});

/** Keeps a result that is bytes, behind their sha256. */
export async function storeBinaryResult(
  folder: string,
  kind: string,
  inputs: unknown,
  bytes: Uint8Array,
  about: AboutResult = {},
): Promise<void> {
  await store(folder, resultName(kind, inputs, 'bin'), binaryResult(bytes, { inputs, about }));
}

/** Files that are read before others may go on. */
const BLOCK = 64;

/**
 * Reads what is stored of each of the inputs.
 * @param take told of each that is whole: its bytes, aligned for any typed array and overwritten after the call, and its place
 */
export async function loadBinaryResults(
  folder: string,
  kind: string,
  inputs: readonly unknown[],
  take: (bytes: Uint8Array, at: number) => void,
): Promise<void> {
  const { results } = runPaths(folder);
  for (const [at, each] of inputs.entries()) {
    // Once for the name and for what the file says of itself: thousands may be asked for.
    const text = canonicalJson(each);
    const content = readSmallFile(`${results}${sep}${nameOfText(kind, text, 'bin')}`);
    const result = content && parseBinaryResult(content);
    if (result !== undefined && isOfInputs(result, text)) take(result.bytes, at);
    if (at % BLOCK === BLOCK - 1) await yieldToEvents();
  }
}

/** A result's file as it lies there, whatever it is of. */
export type KeptResult =
  | { readonly state: 'whole'; readonly kind: string; readonly value: unknown; readonly origin: Origin | undefined }
  | { readonly state: 'damaged'; readonly reason: string }
  /** Not one of ours. */
  | { readonly state: 'foreign' }
  | { readonly state: 'gone' };

/** What a result was computed from, and by what. */
export interface Origin {
  readonly inputs: unknown;
  readonly about: AboutResult;
}

/** results/perturbations.json: which result belongs to which perturbation. */
export const LEDGER_NAME = 'perturbations.json';
/** The folder that is held while it is written. */
export const LEDGER_LOCK = 'perturbations.lock';

/** A result by its file's name. The value is JSON, or bytes; the origin of bytes that an older version kept is unknown. */
export async function readKeptResult(folder: string, name: string): Promise<KeptResult> {
  const content = await readRegularFile(join(runPaths(folder).results, name)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    return errorCode(error) ?? 'it cannot be read';
  });
  if (content === undefined) return { state: 'gone' };
  if (typeof content === 'string') return { state: 'damaged', reason: `it cannot be read (${content})` };
  if (name === LEDGER_NAME) return keptLedger(content.toString('utf8'));
  const [, kind, extension] = /^([A-Za-z]+)-[0-9a-f]{32}\.(json|bin)$/.exec(name) ?? [];
  if (kind === undefined) return { state: 'foreign' };
  return extension === 'json' ? keptJson(kind, name, content.toString('utf8')) : keptBinary(kind, name, content);
}

const DAMAGED = { state: 'damaged', reason: 'its checksum is not that of its content' } as const;
const OF_OTHER_INPUTS = { state: 'damaged', reason: 'its name is not that of what it was computed from' } as const;

function keptLedger(text: string): KeptResult {
  try {
    const { checksum, rows } = z.object({ checksum: z.string(), rows: z.unknown() }).parse(JSON.parse(text));
    if (checksum !== jsonHash(rows)) return DAMAGED;
    return { state: 'whole', kind: 'perturbations', value: rows, origin: undefined };
  } catch {
    return DAMAGED;
  }
}

function keptJson(kind: string, name: string, text: string): KeptResult {
  const entry = parseEntry(text);
  if (entry === undefined) return DAMAGED;
  const { inputs, value, about = {} } = entry;
  if (resultName(kind, inputs) !== name) return OF_OTHER_INPUTS;
  return { state: 'whole', kind, value, origin: { inputs, about } };
}

function keptBinary(kind: string, name: string, content: Uint8Array): KeptResult {
  const parsed = parseBinaryResult(content);
  if (parsed === undefined) return DAMAGED;
  const { bytes, originText } = parsed;
  const origin = originText === undefined ? undefined : parseOrigin(originText);
  if (originText !== undefined && (origin === undefined || resultName(kind, origin.inputs, 'bin') !== name))
    return OF_OTHER_INPUTS;
  return { state: 'whole', kind, value: new Uint8Array(bytes), origin };
}

async function store(folder: string, name: string, data: string | Uint8Array): Promise<void> {
  await makeFolder(runPaths(folder).results);
  // A torn file is as good as absent: not worth the disk's time for each of thousands.
  await writeFileAtomically(join(runPaths(folder).results, name), data, { toDisk: false });
}

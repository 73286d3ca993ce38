/** Reading a packed run, member by member, each held against what the first of them says of it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { CancelledError, InputError, isReportedError } from '../../common/errors';
import { errorCode, systemReason } from '../../common/reasons';
import { kindOf } from '../../common/regularFile';
import { fileError } from '../../common/systemErrors';
import {
  BLOCK_BYTES,
  MANIFEST_MEMBER,
  MOST_MANIFEST_BYTES,
  PACK_FORMAT,
  packManifestSchema,
  type PackManifest,
  type PackedMember,
} from './format';

/**
 * Takes the content of a member, part by part. It counts once `end` was called: by then it is what the pack says.
 * @throws WorkError that names the file which could not be written
 */
export interface MemberSink {
  write(chunk: Uint8Array): Promise<void>;
  end(): Promise<void>;
  /** What was taken is not the member's. */
  fail(): Promise<void>;
}

export interface PackWatch {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the file that were read. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
  /** Told what will come, once it has been checked, and before any member. */
  readonly begin?: (manifest: PackManifest) => Promise<void>;
  /** Where a member is to go; one that goes nowhere is only checked. */
  readonly sinkOf?: (member: PackedMember) => Promise<MemberSink | undefined>;
}

/** Float32 weights hardly compress; so much only nothing does. */
const MOST_RATIO = 100;
const FREE_BYTES = 64_000_000;

/** @throws InputError where it is not a whole packed run; WorkError where it cannot be read; CancelledError */
export async function readPack(path: string, watch: PackWatch = {}): Promise<PackManifest> {
  const { signal, progress } = watch;
  const size = await sizeOf(path);
  const state: State = { path, size, at: 0, hasFailed: false };
  const input = createReadStream(path, { highWaterMark: 1 << 20 });
  if (progress !== undefined) input.on('data', () => progress(input.bytesRead, size));
  try {
    await pipeline(input, createGunzip(), membersInto(state, watch), { signal });
  } catch (error) {
    state.hasFailed = true;
    await state.sink?.fail().catch(() => undefined);
    if (signal?.aborted === true) throw new CancelledError();
    if (isReportedError(error)) throw error;
    // A disk that fails says nothing of what the file holds. Whoever takes the members names their own files.
    if (systemReason(error) !== undefined) throw fileError('the packed run cannot be read', path, error);
    throw broken(path, 'bytes that are no gzipped tar, or not all of one', error);
  }
  const { manifest, at } = state;
  if (manifest === undefined) throw broken(path, `it has no ${MANIFEST_MEMBER}`);
  const missing = manifest.members[at];
  if (missing !== undefined) throw broken(path, `it ends before ${missing.path}`);
  return manifest;
}

interface State {
  readonly path: string;
  readonly size: number;
  manifest?: PackManifest;
  /** The member that comes next. */
  at: number;
  hasFailed: boolean;
  /** Where the present one goes. */
  sink?: MemberSink | undefined;
}

async function sizeOf(path: string): Promise<number> {
  const expected = 'a file that epochlens pack wrote';
  const found = await stat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') throw new InputError('there is no such file', { file: path, expected });
    throw fileError('the packed run cannot be read', path, error);
  });
  if (found.isFile()) return found.size;
  throw new InputError('this is not a packed run', { file: path, found: kindOf(found), expected });
}

/** Takes an unpacked tar. Of each entry all is read before the next, however slow whoever takes it is. */
function membersInto(state: State, watch: PackWatch): Writable {
  let failure: unknown;
  let working: Promise<void> = Promise.resolve();
  let taken = 0;
  const fail = (error: unknown): void => void (failure ??= error);
  const parser = new Parser({
    strict: true,
    gzip: false,
    onReadEntry(entry) {
      working = working
        .then(() => takeEntry(entry, state, watch))
        .catch((error: unknown) => {
          fail(error);
          entry.resume();
        });
    },
  });
  parser.on('warn', (_code: string, message: string | Error) => fail(new Error(String(message))));
  parser.on('error', fail);
  // What it ignores, such as links' targets it does not know, is no member of ours.
  parser.on('ignoredEntry', (entry: ReadEntry) => fail(refusedType(state.path, entry)));
  return new Writable({
    write(chunk: Buffer, _, done) {
      taken += chunk.length;
      if (taken > mostBytes(state)) fail(broken(state.path, 'it holds more than it says'));
      if (failure !== undefined) {
        done(asError(failure));
        return;
      }
      if (parser.write(chunk)) {
        done();
        return;
      }
      parser.once('drain', () => done(failure === undefined ? undefined : asError(failure)));
    },
    final(done) {
      parser.once('end', () => void working.then(() => done(failure === undefined ? undefined : asError(failure))));
      parser.once('error', () => done(asError(failure)));
      parser.end();
    },
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Of the tar: the manifest, then what it says, with headers and padding. */
function mostBytes({ manifest }: State): number {
  const blocks = (bytes: number): number => bytes + 2 * BLOCK_BYTES;
  const head = blocks(MOST_MANIFEST_BYTES) + 40 * BLOCK_BYTES;
  return (manifest?.members ?? []).reduce((sum, { bytes }) => sum + blocks(bytes), head);
}

async function takeEntry(entry: ReadEntry, state: State, watch: PackWatch): Promise<void> {
  const { path } = state;
  if (entry.type !== 'File' && entry.type !== 'OldFile') throw refusedType(path, entry);
  if (state.manifest === undefined) {
    state.manifest = await takeManifest(entry, state);
    await watch.begin?.(state.manifest);
    return;
  }
  const member = state.manifest.members[state.at];
  if (member === undefined || entry.path !== member.path || entry.size !== member.bytes)
    throw broken(path, `${JSON.stringify(entry.path)} is not what its list says comes here`);
  const sink = await watch.sinkOf?.(member);
  // The file was given up while the sink was made: nobody else would close it.
  if (state.hasFailed) return sink?.fail();
  state.sink = sink;
  const hash = createHash('sha256');
  for await (const chunk of entry as AsyncIterable<Buffer>) {
    hash.update(chunk);
    await sink?.write(chunk);
  }
  if (hash.digest('hex') !== member.sha256) throw damaged(path, member);
  await sink?.end();
  state.sink = undefined;
  state.at++;
}

async function takeManifest(entry: ReadEntry, { path, size }: State): Promise<PackManifest> {
  if (entry.path !== MANIFEST_MEMBER || entry.size > MOST_MANIFEST_BYTES)
    throw broken(path, `it does not begin with ${MANIFEST_MEMBER}`);
  const chunks: Buffer[] = [];
  for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
  const { data, error } = packManifestSchema.safeParse(parseJson(Buffer.concat(chunks).toString('utf8')));
  if (data === undefined) {
    const [issue] = error.issues;
    throw broken(path, `${MANIFEST_MEMBER}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not JSON'}`);
  }
  if (data.format > PACK_FORMAT) {
    throw new InputError('the run was packed in a newer format', {
      file: path,
      found: `format ${data.format}`,
      expected: `at most ${PACK_FORMAT}`,
      advice: 'A newer EpochLens packed it: update this one.',
    });
  }
  if (new Set(data.members.map((member) => member.path)).size < data.members.length)
    throw broken(path, `${MANIFEST_MEMBER} names a file twice`);
  const total = data.members.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > MOST_RATIO * size + FREE_BYTES)
    throw broken(path, `its ${size} bytes would become ${total}: no run is packed so small`);
  return data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusedType(file: string, { path, type }: ReadEntry): InputError {
  return broken(file, `${JSON.stringify(path)} is a ${type}, and only files are taken`);
}

function broken(file: string, found: string, cause?: unknown): InputError {
  const expected = 'a file that epochlens pack wrote';
  const advice = 'Get it again: nothing was unpacked.';
  return new InputError('this is not a whole packed run', { file, found, expected, advice }, { cause });
}

function damaged(file: string, { path, sha256 }: PackedMember): InputError {
  return new InputError('the packed run is damaged', {
    file,
    place: path,
    found: 'other bytes than were packed',
    expected: `SHA-256 ${sha256.slice(0, 12)}…`,
    advice: 'Get it again: nothing was unpacked.',
  });
}

/** Writing a tar in which nothing but names and contents can differ. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Header } from 'tar';
import { CancelledError, WorkError } from '../../common/errors';
import { fileError } from '../../common/systemErrors';
import { BLOCK_BYTES } from './format';

/** What is to be written: bytes, or a file that must still have the size and sum that were said of it. */
export interface MemberToWrite {
  readonly path: string;
  readonly bytes: number;
  readonly content: Uint8Array | { readonly file: string; readonly sha256: string };
}

export interface TarWatch {
  readonly signal?: AbortSignal | undefined;
  /** Told of bytes of contents. */
  readonly progress?: ((bytes: number) => void) | undefined;
}

/** @throws WorkError where a file has changed or cannot be read; CancelledError */
export async function* tarOf(members: readonly MemberToWrite[], watch: TarWatch = {}): AsyncGenerator<Uint8Array> {
  for (const member of members) {
    yield headerOf(member);
    yield* contentOf(member, watch);
    const rest = member.bytes % BLOCK_BYTES;
    if (rest > 0) yield Buffer.alloc(BLOCK_BYTES - rest);
  }
  yield Buffer.alloc(2 * BLOCK_BYTES);
}

function headerOf({ path, bytes }: MemberToWrite): Uint8Array {
  const block = Buffer.alloc(BLOCK_BYTES);
  const owner = { uid: 0, gid: 0, uname: '', gname: '' };
  const header = new Header({ path, size: bytes, type: 'File', mode: 0o644, mtime: new Date(0), ...owner });
  if (header.encode(block, 0)) throw new Error(`${path} does not fit a header of tar`);
  return block;
}

async function* contentOf(
  { content, bytes }: MemberToWrite,
  { signal, progress }: TarWatch,
): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) {
    yield content;
    return;
  }
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of partsOf(content.file)) {
    if (signal?.aborted === true) throw new CancelledError();
    hash.update(chunk);
    length += chunk.length;
    if (length > bytes) throw changed(content.file);
    progress?.(chunk.length);
    yield chunk;
  }
  if (length !== bytes || hash.digest('hex') !== content.sha256) throw changed(content.file);
}

/** @throws WorkError that names the file */
async function* partsOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw fileError('the file cannot be read, and is not packed', file, error);
  }
}

function changed(file: string): WorkError {
  return new WorkError('the file changed while it was packed', {
    file,
    advice: 'Try again once nothing writes to the run.',
  });
}

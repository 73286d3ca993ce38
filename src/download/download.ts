/** The project's one downloader: a file from the network to the disk, whole and checked, or not at all. */
import { rename, truncate } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileError } from '../common/atomic';
import { CancelledError, isReportedError } from '../common/errors';
import { hashFile } from '../common/hashFile';
import { takePart, type Part } from './part';
import { PassingError, unusable, wrongHash } from './problems';
import { PATIENCE, type FileSource, type Timeouts, type Watch, type DownloadProgress } from './source';
import { transfer, type Transfer } from './transfer';

/**
 * Downloads a file to a path in a folder that is there. What has arrived when it fails or is cancelled is kept beside it
 * as `NAME.incomplete`, and the next download goes on from there where the file's hash is known beforehand.
 *
 * @throws WorkError where it cannot be had, has another length or hash, is not what the source's check takes, or cannot
 *   be written; CancelledError. There is no file of the name then.
 */
export async function download(
  source: FileSource,
  path: string,
  watch: Watch = {},
  timeouts: Timeouts = PATIENCE,
): Promise<void> {
  const part = await takePart(path, source.sha256 !== undefined);
  try {
    await receive(source, part, watch, timeouts);
    await check(source, part);
    await rename(part.path, path);
  } catch (error) {
    // Without a hash nobody could tell later of what it is a part.
    await (source.sha256 === undefined ? part.discard() : part.release());
    throw isReportedError(error) ? error : fileError('the download could not be stored', path, error);
  }
}

/** Fills the part, and checks it. A part that goes on from an earlier one and turns out wrong is fetched anew, once. */
async function receive(source: FileSource, part: Part, watch: Watch, timeouts: Timeouts): Promise<void> {
  const state: Transfer = { done: part.adopted, total: source.bytes, validator: undefined, resumed: part.adopted > 0 };
  for (;;) {
    await transferAll(source, part, state, watch, timeouts);
    const found = source.sha256 === undefined ? undefined : await hashFile(part.path, { signal: watch.signal });
    if (found === source.sha256) return;
    await truncate(part.path);
    if (!state.resumed) {
      await part.discard();
      throw wrongHash(source.url, found ?? '', source.sha256 ?? '', source);
    }
    Object.assign(state, { done: 0, total: source.bytes, validator: undefined, resumed: false });
  }
}

/** @throws WorkError where the file is not what it should be; nothing of it is kept then */
async function check(source: FileSource, part: Part): Promise<void> {
  try {
    await source.check?.(part.path);
  } catch (error) {
    if (error instanceof CancelledError || !isReportedError(error)) throw error;
    await part.discard();
    throw unusable(source.url, error, source);
  }
}

/** As many attempts as it takes, as long as they bring something. */
async function transferAll(
  source: FileSource,
  part: Part,
  state: Transfer,
  watch: Watch,
  timeouts: Timeouts,
): Promise<void> {
  const server = { hasAnswered: false };
  for (let fruitless = 1; ; fruitless++) {
    const before = state.done;
    try {
      await transfer(source, part.path, state, watch, timeouts, () => (server.hasAnswered = true));
      return;
    } catch (error) {
      if (state.done > before) fruitless = 1;
      // A server that has never answered is told of at once: it is not there.
      if (!(error instanceof PassingError) || !server.hasAnswered || fruitless >= timeouts.attempts) {
        // A file that was refused for what it is must not be gone on with.
        if (isReportedError(error) && !(error instanceof PassingError) && !(error instanceof CancelledError)) {
          await part.discard();
        }
        throw error;
      }
      await pauseBefore(error, fruitless, state, watch, timeouts);
    }
  }
}

/** Longer than this nobody waits for a server that asks for it. */
const LONGEST_WAIT_MILLISECONDS = 60_000;

/** Waits before another attempt, and says why. @throws the error where the server wants to be left alone for too long; CancelledError */
async function pauseBefore(
  error: PassingError,
  fruitless: number,
  { done, total }: Pick<DownloadProgress, 'done'> & { readonly total?: number | undefined },
  { signal, progress }: Watch,
  timeouts: Timeouts,
): Promise<void> {
  const wait = Math.max(timeouts.pause * 2 ** (fruitless - 1), error.waitMilliseconds ?? 0);
  if (wait > LONGEST_WAIT_MILLISECONDS) throw error;
  const waiting = `${error.summary}: trying again in ${Math.ceil(wait / 1000)} s`;
  progress?.({ done, ...(total === undefined ? {} : { total }), waiting });
  await sleep(wait, undefined, { signal }).catch(() => {
    throw new CancelledError();
  });
}

/** Fetching an archive into a file. */
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WorkError } from '../../common/errors';
import { megabytes, type Watch } from './progress';

/** How long a host may take to answer before it counts as unreachable. */
const ANSWER_MILLISECONDS = 3000;
/** A transfer that brings nothing for so long is given up. */
const STALL_MILLISECONDS = 30_000;

/** @throws WorkError when the address does not answer in time, or with anything but success */
export async function checkReachable(address: string, signal?: AbortSignal): Promise<void> {
  const response = await request(
    address,
    'HEAD',
    withTimeout(AbortSignal.timeout(ANSWER_MILLISECONDS), signal),
    signal,
  );
  await response.body?.cancel();
}

/**
 * Downloads an address to a file, telling how far it is.
 *
 * @throws WorkError when the transfer fails, stalls or ends early
 */
export async function download(address: string, path: string, { signal, progress }: Watch): Promise<void> {
  const stalled = new AbortController();
  let timer = setTimeout(() => {
    stalled.abort();
  }, STALL_MILLISECONDS);
  try {
    const both = withTimeout(stalled.signal, signal);
    const response = await request(address, 'GET', both, signal);
    const total = Number(response.headers.get('content-length') ?? 0);
    const text = `downloading ${address}${total > 0 ? ` (${megabytes(total)})` : ''}`;
    let done = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, pass) {
        done += chunk.length;
        clearTimeout(timer);
        timer = setTimeout(() => {
          stalled.abort();
        }, STALL_MILLISECONDS);
        progress(total > 0 ? { text, done, total } : { text, done });
        pass(undefined, chunk);
      },
    });
    progress({ text });
    if (response.body === null) throw new WorkError('an empty answer', { file: address });
    const body = Readable.fromWeb(response.body);
    await pipeline(body, count, createWriteStream(path), { signal: both });
    if (total > 0 && done !== total) {
      throw new WorkError('the download ended early', {
        file: address,
        found: `${String(done)} bytes`,
        expected: String(total),
      });
    }
  } catch (error) {
    throw asWorkError(address, error, signal);
  } finally {
    clearTimeout(timer);
  }
}

async function request(address: string, method: string, limit: AbortSignal, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { method, signal: limit, redirect: 'follow' });
  } catch (error) {
    throw asWorkError(address, error, signal);
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new WorkError('not to be had', { file: address, found: `HTTP ${String(response.status)}` });
  }
  return response;
}

function withTimeout(timeout: AbortSignal, signal?: AbortSignal): AbortSignal {
  return signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
}

function asWorkError(address: string, error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted === true || error instanceof WorkError) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const found = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new WorkError('cannot be downloaded', { file: address, found }, { cause: error });
}

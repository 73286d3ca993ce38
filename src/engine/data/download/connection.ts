/** Opening an address and reading it, each with its own patience. */
import { CancelledError, WorkError } from '../../../common/errors';

export interface Patience {
  /** Milliseconds until the server must have begun to answer. */
  readonly connect: number;
  /** Milliseconds in which something must arrive. */
  readonly stall: number;
}

export interface Connection {
  /** From the answer's header; undefined where the server does not say. */
  readonly contentLength: number | undefined;
  /** The answer's bytes. @throws WorkError where the connection breaks or stalls; CancelledError. */
  readonly chunks: AsyncGenerator<Uint8Array>;
  /** Ends the connection, read to its end or not. */
  close(): void;
}

const ADVICE = 'Try again, or set EPOCHLENS_CIFAR10_URL to a mirror of the archive.';

/** @throws WorkError where nobody answers in time or the answer is no file; CancelledError. */
export async function connect(url: URL, patience: Patience, signal: AbortSignal | undefined): Promise<Connection> {
  const ender = new AbortController();
  const cancel = (): void => ender.abort(new CancelledError());
  if (signal?.aborted === true) throw new CancelledError();
  signal?.addEventListener('abort', cancel, { once: true });
  const close = (): void => {
    signal?.removeEventListener('abort', cancel);
    ender.abort();
  };
  try {
    const response = await within(patience.connect, ender, tooLate(url, 'no answer', patience.connect), () =>
      // Asked for as it is: a server that compresses on the way would change length and hash.
      fetch(url, { signal: ender.signal, headers: { 'accept-encoding': 'identity' } }),
    );
    if (!response.ok) throw refused(url, response);
    const contentLength = contentLengthOf(response);
    return { contentLength, chunks: readChunks(url, response, patience.stall, ender), close };
  } catch (error) {
    close();
    throw reasonOf(error, ender.signal, url, 'the server cannot be reached');
  }
}

function contentLengthOf(response: Response): number | undefined {
  const header = response.headers.get('content-length');
  return header === null ? undefined : Number(header);
}

async function* readChunks(
  url: URL,
  response: Response,
  stall: number,
  ender: AbortController,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    let read;
    try {
      read = await within(stall, ender, tooLate(url, 'the download stalled', stall), () => reader.read());
    } catch (error) {
      throw reasonOf(error, ender.signal, url, 'the connection broke off');
    }
    if (read.done) return;
    yield read.value;
  }
}

/** Aborts with `late` where the work takes longer. */
async function within<T>(
  milliseconds: number,
  ender: AbortController,
  late: WorkError,
  work: () => Promise<T>,
): Promise<T> {
  const timer = setTimeout(() => ender.abort(late), milliseconds);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(url: URL, summary: string, milliseconds: number): WorkError {
  return new WorkError(`${summary} for ${milliseconds / 1000} s`, { file: url.href, advice: ADVICE });
}

function refused(url: URL, response: Response): WorkError {
  const found = `HTTP ${response.status} ${response.statusText}`.trimEnd();
  return new WorkError('the server does not give the file', {
    file: url.href,
    found,
    expected: 'HTTP 200',
    advice: ADVICE,
  });
}

/** What to throw: the reason for which we aborted, an error of ours, or the network's own in words. */
function reasonOf(error: unknown, signal: AbortSignal, url: URL, summary: string): unknown {
  if (signal.aborted && (signal.reason instanceof WorkError || signal.reason instanceof CancelledError)) {
    return signal.reason;
  }
  if (error instanceof WorkError) return error;
  const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
  const found = cause?.code ?? cause?.message ?? (error as Error).message;
  return new WorkError(summary, { file: url.href, found, advice: ADVICE }, { cause: error });
}

/** One question to a server, through redirects, each step with its own patience. */
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { CancelledError, WorkError } from '../common/errors';
import { reasonOf, tooLate } from './problems';
import { dispatcherFor } from './proxy';
import type { FileSource, Timeouts } from './source';

export interface Question extends Pick<FileSource, 'url' | 'headers' | 'advice'> {
  readonly method: 'GET' | 'HEAD';
  /** Sent to whoever is asked. */
  readonly everywhere?: Readonly<Record<string, string>>;
  /** Which redirects are followed; the first other one is the answer. All by default. */
  readonly follow?: (from: URL, to: URL) => boolean;
}

export interface Answer {
  /** Where it came from in the end. */
  readonly url: URL;
  readonly status: number;
  /** By name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** The body. @throws WorkError where the connection breaks or stalls; CancelledError. */
  readonly chunks: AsyncGenerator<Uint8Array>;
  /** Ends the connection, read to its end or not. */
  readonly close: () => void;
}

const MOST_REDIRECTS = 10;
const REDIRECTS = [301, 302, 303, 307, 308];

/** @throws WorkError where nobody answers in time or redirects lead nowhere; CancelledError. */
export async function sendRequest(question: Question, timeouts: Timeouts, signal?: AbortSignal): Promise<Answer> {
  let url = question.url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await sendOnce(question, url, timeouts, signal);
    const next = nextAddress(answer, url, question);
    if (next === undefined || question.follow?.(url, next) === false) return answer;
    answer.close();
    url = next;
  }
  throw new WorkError(`the server redirects more than ${MOST_REDIRECTS} times`, {
    file: question.url.href,
    found: `${url.href} in the end`,
    advice: question.advice,
  });
}

/** @throws WorkError where the way on cannot be gone */
function nextAddress({ status, header }: Answer, url: URL, { advice }: Question): URL | undefined {
  const location = header('location');
  if (!REDIRECTS.includes(status) || location === undefined) return undefined;
  const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  const isWeb = next !== undefined && ['http:', 'https:'].includes(next.protocol);
  if (isWeb && !(url.protocol === 'https:' && next.protocol === 'http:')) return next;
  throw new WorkError('the server redirects to an address that is not followed', {
    file: url.href,
    found: location.slice(0, 200),
    expected: url.protocol === 'https:' ? 'an https address' : 'an http or https address',
    advice,
  });
}

async function sendOnce(question: Question, url: URL, timeouts: Timeouts, signal?: AbortSignal): Promise<Answer> {
  if (signal?.aborted === true) throw new CancelledError();
  const ender = new AbortController();
  const cancel = (): void => ender.abort(new CancelledError());
  signal?.addEventListener('abort', cancel, { once: true });
  const dispatcher = await dispatcherFor(url);
  const { request } = await import('undici');
  const close = (): void => {
    signal?.removeEventListener('abort', cancel);
    ender.abort();
    void dispatcher.destroy();
  };
  try {
    const late = tooLate(url, 'no answer', timeouts.connect, question);
    const response = await within(timeouts.connect, ender, late, () =>
      request(url, {
        method: question.method,
        dispatcher,
        signal: ender.signal,
        // Timed here, to the millisecond.
        headersTimeout: 0,
        bodyTimeout: 0,
        headers: {
          // Asked for as it is: a server that compresses on the way would change length and hash.
          'accept-encoding': 'identity',
          'user-agent': 'epochlens',
          ...question.everywhere,
          ...(url.origin === question.url.origin ? question.headers : {}),
        },
      }),
    );
    return answerOf(response, url, question, timeouts, ender, close);
  } catch (error) {
    close();
    throw reasonOf(error, ender.signal, url, 'the server cannot be reached', question);
  }
}

function answerOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  url: URL,
  question: Question,
  { stall }: Timeouts,
  ender: AbortController,
  close: () => void,
): Answer {
  // Where nobody reads it, its end by `close` is nobody's error.
  body.on('error', () => undefined);
  return {
    url,
    status: statusCode,
    header(name) {
      const value = headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    chunks: readChunks(body, url, question, stall, ender),
    close,
  };
}

async function* readChunks(
  body: Readable,
  url: URL,
  question: Question,
  stall: number,
  ender: AbortController,
): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  for (;;) {
    let read;
    try {
      read = await within(stall, ender, tooLate(url, 'the download stalled', stall, question), () => iterator.next());
    } catch (error) {
      throw reasonOf(error, ender.signal, url, 'the connection broke off', question);
    }
    if (read.done === true) return;
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

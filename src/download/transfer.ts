/** One attempt at the rest of a file. */
import { open } from 'node:fs/promises';
import { PassingError, refused, webPage, wrongLength } from './problems';
import { sendRequest, type Answer } from './request';
import type { FileSource, Timeouts, Watch } from './source';

/** How far a download has come; an attempt moves it on. */
export interface Transfer {
  /** Bytes on the disk. */
  done: number;
  /** Of the whole file; undefined where nobody says. */
  total: number | undefined;
  /** The server's name for this very content: a strong ETag, or a date. */
  validator: string | undefined;
  /** Whether what is on the disk came in more than one piece. */
  resumed: boolean;
}

/** What is taken at most where neither the size nor a limit is known beforehand. */
const LARGEST = 2 ** 32;

/**
 * Asks for what is missing and appends it to `path`. A server that gives the whole file instead is taken at that.
 *
 * @param answered called once the server has said anything at all
 * @throws PassingError where another attempt may go on; WorkError where it may not; CancelledError
 */
export async function transfer(
  source: FileSource,
  path: string,
  state: Transfer,
  watch: Watch,
  timeouts: Timeouts,
  answered: () => void,
): Promise<void> {
  if (state.total !== undefined && state.done === state.total && state.done > 0) return;
  const mayResume = state.validator !== undefined || source.sha256 !== undefined;
  if (!mayResume || (state.total !== undefined && state.done > state.total)) state.done = 0;
  const answer = await sendRequest(
    { ...source, method: 'GET', everywhere: rangeHeaders(state) },
    timeouts,
    watch.signal,
  );
  answered();
  try {
    if (isComplete(answer, state)) return;
    takeHead(answer, source, state);
    await append(answer, source, path, state, watch);
  } finally {
    answer.close();
  }
}

function rangeHeaders({ done, validator }: Transfer): Record<string, string> {
  if (done === 0) return {};
  // If-Range: the rest of the same content, or else all of the new one.
  return { range: `bytes=${done}-`, ...(validator === undefined ? {} : { 'if-range': validator }) };
}

/** Asked for what follows the end, a server says how long the file is. */
function isComplete({ status, header }: Answer, state: Transfer): boolean {
  const length = /^bytes \*\/(\d+)$/.exec(header('content-range') ?? '')?.[1];
  return status === 416 && state.done > 0 && Number(length) === state.done;
}

/** Holds what the answer says of itself against what is known. */
function takeHead({ status, url, header }: Answer, source: FileSource, state: Transfer): void {
  if (status === 206) {
    const [, from, of] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header('content-range') ?? '') ?? [];
    if (Number(from) !== state.done) throw startAnew(url, state, source, `Content-Range from ${from ?? 'nowhere'}`);
    takeTotal(url, source, state, of === '*' || of === undefined ? undefined : Number(of));
    state.resumed = true;
  } else if (status === 416 && state.done > 0) {
    throw startAnew(url, state, source, 'HTTP 416 Range Not Satisfiable');
  } else if (status === 200) {
    if (/^\s*text\/html\b/i.test(header('content-type') ?? '')) throw webPage(url, source);
    state.done = 0;
    state.resumed = false;
    const length = header('content-length');
    takeTotal(url, source, state, length === undefined ? undefined : Number(length));
  } else {
    throw refused(url, status, header('retry-after'), source);
  }
  const etag = header('etag');
  state.validator = etag !== undefined && !etag.startsWith('W/') ? etag : header('last-modified');
}

function takeTotal(url: URL, source: FileSource, state: Transfer, said: number | undefined): void {
  if (source.bytes !== undefined && said !== undefined && said !== source.bytes) {
    throw wrongLength(url, said, source.bytes, source);
  }
  const most = source.mostBytes ?? LARGEST;
  if (said !== undefined && said > most) throw wrongLength(url, said, most, source);
  state.total = source.bytes ?? said;
}

function startAnew(url: URL, state: Transfer, { advice }: FileSource, found: string): PassingError {
  const problem = { file: url.href, found, expected: `the bytes from ${state.done} on`, advice };
  Object.assign(state, { done: 0, validator: undefined });
  return new PassingError('the server does not go on where the download stopped', problem);
}

async function append(answer: Answer, source: FileSource, path: string, state: Transfer, watch: Watch): Promise<void> {
  const report = (): void => {
    const { done, total } = state;
    watch.progress?.({ done, ...(total === undefined ? {} : { total }) });
  };
  const file = await open(path, 'a');
  try {
    await file.truncate(state.done);
    report();
    for await (const chunk of answer.chunks) {
      await file.writeFile(chunk);
      state.done += chunk.length;
      const most = state.total ?? source.mostBytes ?? LARGEST;
      if (state.done > most) throw wrongLength(answer.url, state.done, most, source);
      report();
    }
    await file.sync();
  } finally {
    await file.close();
  }
  const { done, total } = state;
  if (done === (total ?? done)) {
    state.total = done;
    return;
  }
  // A body in chunks that comes to its own end is whole, and of another length.
  if (/\bchunked\b/i.test(answer.header('transfer-encoding') ?? ''))
    throw wrongLength(answer.url, done, total ?? done, source);
  throw new PassingError('the connection broke off', {
    file: answer.url.href,
    found: `${done} bytes`,
    expected: `${total ?? done}`,
    advice: source.advice,
  });
}

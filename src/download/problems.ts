/** What goes wrong between a server and us, in words, and whether it may go better the next time. */
import { STATUS_CODES } from 'node:http';
import { CancelledError, isReportedError, WorkError } from '../common/errors';
import type { FileSource } from './source';

/** A failure that another attempt may mend. */
export class PassingError extends WorkError {
  /** @param waitMilliseconds how long the server asks to be left alone */
  constructor(
    summary: string,
    problem: ConstructorParameters<typeof WorkError>[1],
    readonly waitMilliseconds?: number,
    options?: ErrorOptions,
  ) {
    super(summary, problem, options);
  }
}

/** The server has no file at the address. */
export class NoSuchFileError extends WorkError {}

type Source = Pick<FileSource, 'advice'>;

export function tooLate(url: URL, summary: string, milliseconds: number, { advice }: Source): PassingError {
  return new PassingError(`${summary} for ${milliseconds / 1000} s`, { file: url.href, advice });
}

const SUMMARIES: Readonly<Record<number, string>> = {
  401: 'the server wants to know who asks',
  403: 'the server refuses access',
  404: 'the server has no such file',
  407: 'the proxy wants to know who asks',
  410: 'the server has no such file any more',
  429: 'the server has been asked too often',
};

/** An answer that is no file. 408, 429 and the server's own faults pass. */
export function refused(url: URL, status: number, retryAfter: string | undefined, { advice }: Source): WorkError {
  const summary = SUMMARIES[status] ?? (status >= 500 ? 'the server failed' : 'the server does not give the file');
  const found = `HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  const problem = { file: url.href, found, expected: 'HTTP 200', advice };
  const passes = status === 408 || status === 429 || status >= 500;
  if (passes) return new PassingError(summary, problem, waitOf(retryAfter));
  return status === 404 || status === 410 ? new NoSuchFileError(summary, problem) : new WorkError(summary, problem);
}

/** Retry-After is a number of seconds or a date. */
function waitOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const milliseconds = /^\d+$/.test(retryAfter) ? 1000 * Number(retryAfter) : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

const CERTIFICATE = /CERT|SELF_SIGNED|ISSUER|TLS|SSL/;

/** By the HTTP client's code: its own words are about its insides. */
const BROKEN: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'a connection that was closed',
  UND_ERR_CONNECT_TIMEOUT: 'no answer',
  UND_ERR_HEADERS_TIMEOUT: 'no answer',
  UND_ERR_BODY_TIMEOUT: 'an answer that stopped',
  UND_ERR_HEADERS_OVERFLOW: 'an answer whose headers are too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'an answer of another length than it said',
};

/** The system's code as it is, such as ECONNREFUSED: it can be looked up. */
function brokenText({ code = '' }: NodeJS.ErrnoException): string {
  if (code.startsWith('HPE_')) return 'an answer that is not HTTP';
  return BROKEN[code] ?? (/^[A-Z]/.test(code) && !code.startsWith('UND_') ? code : 'a broken connection');
}

/** What to throw: the reason for which we aborted, an error of ours, or the network's own in words. */
export function reasonOf(error: unknown, signal: AbortSignal, url: URL, summary: string, { advice }: Source): unknown {
  if (signal.aborted && (signal.reason instanceof WorkError || signal.reason instanceof CancelledError)) {
    return signal.reason;
  }
  if (isReportedError(error)) return error;
  const { cause } = error as Error;
  const inner = (cause instanceof Error ? cause : error) as NodeJS.ErrnoException;
  const found = brokenText(inner);
  const trust = CERTIFICATE.test(found)
    ? 'Behind a proxy with a certificate of its own, name it in NODE_EXTRA_CA_CERTS. '
    : '';
  return new PassingError(summary, { file: url.href, found, advice: `${trust}${advice}` }, undefined, { cause: error });
}

export function wrongLength(url: URL, found: number, expected: number, source: FileSource): WorkError {
  return new WorkError('the file has the wrong length', {
    file: url.href,
    found: `${found} bytes${found > expected ? ' or more' : ''}`,
    expected: `${expected} bytes`,
    advice: `Nothing was kept. ${source.adviceOnHash ?? source.advice}`,
  });
}

export function wrongHash(url: URL, found: string, expected: string, source: FileSource): WorkError {
  return new WorkError('the file is not the expected one', {
    file: url.href,
    found: `SHA-256 ${found}`,
    expected,
    advice: `Nothing was kept. ${source.adviceOnHash ?? source.advice}`,
  });
}

/** A portal's login or a server's apology, sent as if it were the file. */
export function webPage(url: URL, { advice }: Source): WorkError {
  const problem = { file: url.href, found: 'text/html', expected: 'the file', advice };
  return new WorkError('the server answers with a web page', problem);
}

/** What has arrived whole is not what it should be, as whoever reads it says. */
export function unusable(url: URL, cause: Pick<WorkError, 'summary' | 'problem'>, { advice }: Source): WorkError {
  const { place, found, expected } = cause.problem;
  return new WorkError(
    `the file that came cannot be used: ${cause.summary}`,
    {
      file: url.href,
      ...(place === undefined ? {} : { place }),
      ...(found === undefined ? {} : { found }),
      ...(expected === undefined ? {} : { expected }),
      advice: `Nothing was kept. ${advice}`,
    },
    { cause },
  );
}

/** Memory, or the space of addresses, that the system does not give. */
import { readFileSync } from 'node:fs';
import { WorkError } from '../../common/errors';

/** As V8 says it of buffers and of WebAssembly, and Node of threads. */
const MESSAGES = /could not allocate memory|out of memory|allocation failed|cannot allocate|reached its? memory limit/i;
const CODES = ['ENOMEM', 'ERR_WORKER_OUT_OF_MEMORY', 'ERR_WORKER_INIT_FAILED', 'ERR_MEMORY_ALLOCATION_FAILED'];

/** Whether the system refused memory. */
export function isOutOfMemory(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return MESSAGES.test(error.message) || CODES.includes(code);
}

/** What a person is told of such an error. */
export function outOfMemory(cause: Error): WorkError {
  const limit = addressSpaceLimit();
  if (limit !== undefined) return tooLittle(limit, cause);
  const advice = 'Take a smaller batch size or input size, or end other programs.';
  return new WorkError('the system gives no more memory', { found: cause.message, advice }, { cause });
}

/** WebAssembly reserves so much for a memory, so that no access need be checked; little of it is ever used. */
const RESERVED_BYTES = 10 * 2 ** 30;
/** Node takes about one GB itself, threads more; and other libraries have memories of WebAssembly of their own. */
const ENOUGH_BYTES = 3 * RESERVED_BYTES;
/** For the module's code, and what it computes on. */
const BESIDE_BYTES = 2 ** 29;

/** With less, compiling this program's own functions ends the process. */
const LEAST_BYTES = 1.2 * 2 ** 30;

/**
 * To be called before anything is computed.
 * @throws WorkError where `ulimit -v` leaves too little for any command
 */
export function checkAddressSpaceLimit(): void {
  const limit = addressSpaceLimit();
  if (limit !== undefined && limit < LEAST_BYTES) throw tooLittle(limit);
}

/**
 * To be called before an engine on WebAssembly is started, which would fail with more words and less sense.
 * @throws WorkError where `ulimit -v` leaves too little
 */
export function checkAddressSpace(): void {
  const limit = addressSpaceLimit();
  if (limit === undefined) return;
  const taken = numberIn('/proc/self/status', /^VmSize:\s+(\d+) kB/m) ?? 0;
  if (limit - 1024 * taken < RESERVED_BYTES + BESIDE_BYTES) throw tooLittle(limit);
}

function tooLittle(limit: number, cause?: Error): WorkError {
  const advice =
    'Lift it by `ulimit -v unlimited`, or in the settings of the job. To bound memory itself, set EPOCHLENS_MEMORY_LIMIT.';
  return new WorkError(
    'too little address space for the embedded engine',
    {
      found: `a limit of ${gigabytes(limit)} GB (ulimit -v)`,
      expected: `${gigabytes(ENOUGH_BYTES)} GB, which are reserved and hardly used`,
      advice,
    },
    { cause },
  );
}

/** In bytes; undefined where there is none, or the system does not say. */
function addressSpaceLimit(): number | undefined {
  return numberIn('/proc/self/limits', /^Max address space +(\d+)/m);
}

function numberIn(file: string, pattern: RegExp): number | undefined {
  try {
    const text = pattern.exec(readFileSync(file, 'utf8'))?.[1];
    return text === undefined ? undefined : Number(text);
  } catch {
    return undefined;
  }
}

function gigabytes(bytes: number): string {
  const amount = bytes / 2 ** 30;
  return amount.toFixed(amount < 10 ? 1 : 0);
}

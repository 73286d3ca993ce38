/** What the system says when a file operation fails, as a person is told. */
import { WorkError } from './errors';

/** A `WorkError` for a failed file operation, with advice by its cause. */
export function fileError(summary: string, file: string, cause: unknown): WorkError {
  const code = errorCode(cause);
  const advice = code === undefined ? undefined : ADVICE[code];
  const message = cause instanceof Error ? cause.message : String(cause);
  const found = code === undefined ? message : message.replace(CALL, '');
  return new WorkError(summary, { file, found, ...(advice === undefined ? {} : { advice }) }, { cause });
}

/** At the end of the system's messages: the call that failed, with paths that may be a temporary's. */
const CALL = /, [a-z]+( '.*')?$/s;

/** The system's code of a failed operation, such as 'ENOENT'. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const notWritable = 'Choose a folder that you may write into, or change its permissions.';
const ADVICE: Readonly<Record<string, string>> = {
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: 'The file system is read-only: choose another folder.',
  ENOSPC: 'The disk is full: free some space and try again.',
  EDQUOT: 'Your disk quota is used up: free some space and try again.',
  ENOENT: 'The folder does not exist: create it, or choose another.',
  ENOTDIR: 'A part of the path is a file, not a folder: choose another folder.',
  EISDIR: 'There is a folder of that name: choose another name.',
  ENAMETOOLONG: 'The path is too long: choose a shorter one.',
};

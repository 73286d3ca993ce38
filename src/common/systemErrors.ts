/** What the system says when a file operation fails, as a person is told. */
import { messageOf, WorkError } from './errors';
import { errorCode, systemReason } from './reasons';

/** A `WorkError` for a failed file operation, with advice by its cause. */
export function fileError(summary: string, file: string, cause: unknown): WorkError {
  const code = errorCode(cause);
  const advice = code === undefined ? undefined : ADVICE[code];
  const found = systemReason(cause) ?? messageOf(cause);
  return new WorkError(summary, { file, found, ...(advice === undefined ? {} : { advice }) }, { cause });
}

/** Whether a message is of a disk, or a person's share of one, on which nothing more fits. */
export function isDiskFull(message: string): boolean {
  return /\b(disk is full|disk quota is used up)\b/i.test(message);
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

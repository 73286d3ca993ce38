/** Why an operation failed, in words that are ours or the system's: a library's are made for those who call it. */

/** At the end of the system's messages: the call that failed, with paths that may be a temporary's. */
const CALL = /, [a-z]+( '.*')?$/s;
const SYSTEM_CODE = /^E[A-Z0-9]+$/;

/** The system's code of a failed operation, such as 'ENOENT'. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** "ENOENT: no such file or directory"; of what is not the system's, nothing. */
export function systemReason(error: unknown): string | undefined {
  const code = errorCode(error);
  return code !== undefined && SYSTEM_CODE.test(code) ? (error as Error).message.replace(CALL, '') : undefined;
}

/** Why data of a packed format could not be read. */
export function dataReason(error: unknown): string {
  const ends = errorCode(error) === 'Z_BUF_ERROR' ? 'data that ends too early' : 'damaged data';
  return systemReason(error) ?? ends;
}

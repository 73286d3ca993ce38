/** What a download is told of a file, and how much patience it has. */

export interface FileSource {
  readonly url: URL;
  /** The file's size where it is known beforehand. */
  readonly bytes?: number;
  /** What is taken at most where the size is not known beforehand; 4 GB where absent. */
  readonly mostBytes?: number;
  /** SHA-256 of the whole file, hexadecimal, lower case, where it is known beforehand. */
  readonly sha256?: string;
  /**
   * Holds what has arrived, at a path beside where it will lie, against what it should be, before it gets its name.
   * @throws InputError, WorkError where it is not: nothing is kept then
   */
  readonly check?: (path: string) => Promise<unknown>;
  /** Sent to the address's own host alone, and never to one that it redirects to: a token. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What a person can do when the file cannot be had. */
  readonly advice: string;
  /** What they can do when another file is there. */
  readonly adviceOnHash?: string;
}

export interface DownloadProgress {
  /** Bytes. */
  readonly done: number;
  readonly total?: number;
  /** Why nothing comes at the moment, and for how long. */
  readonly waiting?: string;
}

export interface Watch {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: DownloadProgress) => void) | undefined;
}

export interface Timeouts {
  /** Milliseconds until the server must have begun to answer. */
  readonly connect: number;
  /** Milliseconds in which something must arrive. */
  readonly stall: number;
  /** Attempts in a row that may bring nothing. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled before each further one. */
  readonly pause: number;
}

/** That nobody answers must be known within ten seconds. */
export const PATIENCE: Timeouts = { connect: 8000, stall: 30_000, attempts: 4, pause: 500 };

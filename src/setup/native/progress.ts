/** What the steps of an installation tell whoever watches. */
export interface Progress {
  /** A sentence for a person, without a full stop. */
  readonly text: string;
  /** How far the work the sentence names has come, in bytes; absent for what is not counted. */
  readonly done?: number;
  readonly total?: number;
}

export interface Watch {
  readonly signal?: AbortSignal | undefined;
  readonly progress: (progress: Progress) => void;
}

/** 273_829_956 → "274 MB". */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
}

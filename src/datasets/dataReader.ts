/** Images by their numbers, however they are kept. */
import type { ClassIndices } from '../common/classIndices';
import type { ExpectedData } from './changedData';
import type { ImageBatch } from './order';
import type { DataFile } from './types';

export interface SetReader {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** [count] */
  labels(): Promise<ClassIndices>;
  /** In the order of the indices, each from 0 to count − 1. @throws InputError where a file is damaged */
  read(indices: ArrayLike<number>, signal?: AbortSignal): Promise<ImageBatch>;
  /**
   * There where the images may be more than memory holds, and are read when they are needed: see `StreamedSet`.
   * @param progress is told of how many images the files have been read
   * @throws InputError, CancelledError
   */
  contentHash?(signal?: AbortSignal, progress?: (done: number) => void): Promise<string>;
}

export interface DataReader {
  readonly classNames: readonly string[];
  /** For a person: "8,068 training and 1,017 test images from FOLDER". */
  readonly description: string;
  readonly test: SetReader;
  readonly train: SetReader;
  /** What tells it from other data, where it is in files. Absent: the hash of labels and pixels. */
  identify?(signal?: AbortSignal): Promise<{ readonly fingerprint: string; readonly files: readonly DataFile[] }>;
}

export interface OpenOptions {
  /** Whether training and test images must both be there, or one of them is enough, or the test images alone are read. */
  readonly sets: 'both' | 'any' | 'test';
  /** What the files must be, which is checked before one is read; absent where nothing is known of them. */
  readonly expected?: ExpectedData | undefined;
}

/** Images by their numbers, however they are kept. */
import type { ImageBatch } from './order';

export interface SetReader {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** [count] */
  labels(): Promise<Uint8Array>;
  /** In the order of the indices, each from 0 to count − 1. @throws InputError where a file is damaged */
  read(indices: ArrayLike<number>): Promise<ImageBatch>;
}

export interface DataReader {
  readonly classNames: readonly string[];
  /** For a person: "8,068 training and 1,017 test images from FOLDER". */
  readonly description: string;
  readonly test: SetReader;
  readonly train: SetReader;
}

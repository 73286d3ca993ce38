import type { QueueFile } from './queueFile';
import type { SweepState } from './sweepState';
export type QueueChange =
  | { add: readonly string[] }
  | { order: readonly string[] }
  | { paused: boolean }
  | { cancel: readonly string[] }
  | { jobs: number | null };
export function readSweepState(_file: string): Promise<SweepState | undefined> {
  return Promise.resolve(undefined);
}
export function changeQueue(_folder: string, _change: QueueChange): Promise<void> {
  return Promise.resolve();
}
export function readQueue(_folder: string): Promise<QueueFile | undefined> {
  return Promise.resolve(undefined);
}

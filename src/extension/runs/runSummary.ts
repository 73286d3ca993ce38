import type { EffectiveState, EpochMetrics, RunStatus } from '../../runs';

/**
 * 'starting': its process loads data and has not begun; 'damaged': its run.json cannot be read; the others as in
 * status.json, 'interrupted' where the process is gone without a word.
 */
export type RunState = EffectiveState | 'starting' | 'damaged';

/** What there is to know about a run without an engine. Replaced as a whole when anything changes. */
export interface RunSummary {
  /** Absolute. The run's identity. */
  readonly folder: string;
  /** The folder's name. */
  readonly id: string;
  readonly studyName: string;
  /** Absolute: the path by which the store names this study. The file may have changed since, or be gone. */
  readonly studyFile: string;
  /** Its study file is gone. */
  readonly lost?: boolean;
  /** Of the settings it is trained by: see `studyHash`. Undefined where run.json cannot be read. */
  readonly studyHash?: string | undefined;
  /** Of its network; undefined where that is not known: its run.json cannot be read. */
  readonly architecture?: string | undefined;
  /** Where its batches are computed in parts: how and why, for a person. */
  readonly batches?: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly state: RunState;
  /** Absent before training begins. */
  readonly status: RunStatus | undefined;
  /** By epoch, epoch 0 included. */
  readonly epochs: readonly EpochMetrics[];
  /** The epochs that have a checkpoint, ascending. */
  readonly checkpoints: readonly number[];
  /** What of it is damaged or gone, as far as that is known without reading checkpoints: for a person. */
  readonly damage?: string | undefined;
  /** Why run.json cannot be read. */
  readonly problem?: string;
}

/** Whether a process is working on it. */
export function isLive({ state }: RunSummary): boolean {
  return state === 'training' || state === 'starting';
}

/** Whether its training ended before the last epoch. */
export function canResume({ state }: RunSummary): boolean {
  return state === 'cancelled' || state === 'failed' || state === 'interrupted';
}

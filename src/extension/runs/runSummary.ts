import type { CheckpointAccuracy, EffectiveState, EpochMetrics, RunStatus } from '../../runs';

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
  /** By epoch, epoch 0 included: what was measured here. */
  readonly epochs: readonly EpochMetrics[];
  /** The epochs that have a checkpoint, ascending. */
  readonly checkpoints: readonly number[];
  /** What checkpoints are called that are more, or less, than a trained epoch: "Epoch 0 (untrained)", "Checkpoint". */
  readonly titles?: Readonly<Record<number, string>> | undefined;
  /** Of a run whose checkpoints were trained elsewhere. */
  readonly imported?: ImportedSummary | undefined;
  /** What of it is damaged or gone, as far as that is known without reading checkpoints: for a person. */
  readonly damage?: string | undefined;
  /** Why run.json cannot be read. */
  readonly problem?: string;
}

export interface ImportedSummary {
  /** Of each checkpoint, ascending. */
  readonly accuracies: readonly CheckpointAccuracy[];
  /** Where they do not do what their files claim: for a person. */
  readonly warning: string | undefined;
}

/** "Epoch 3", with what else there is to say of the checkpoint. */
export function titleOf({ titles }: RunSummary, epoch: number): string {
  return titles?.[epoch] ?? `Epoch ${epoch}`;
}

/** Whether a process is working on it. */
export function isLive({ state }: RunSummary): boolean {
  return state === 'training' || state === 'starting';
}

/** Whether its training ended before the last epoch. */
export function canResume({ state }: RunSummary): boolean {
  return state === 'cancelled' || state === 'failed' || state === 'interrupted';
}

import * as vscode from 'vscode';
import type { CheckpointAccuracy, EffectiveState, EpochMetrics, RunAbout, RunManifest, RunStatus } from '../../runs';

/**
 * 'starting': the process loads data and has not begun; 'damaged': run.json cannot be read; 'interrupted': the process
 * is gone without a last status; the others as in status.json.
 */
export type RunState = EffectiveState | 'starting' | 'damaged';

/** Everything about a run that is known without an engine. Replaced as a whole when anything changes. */
export interface RunSummary {
  /** Absolute. The run's identity. */
  readonly folder: string;
  /** The folder's name. */
  readonly id: string;
  readonly studyName: string;
  /** The absolute path by which the store names this study. The file may have changed since, or be gone. */
  readonly studyFile: string;
  /** Its study file is gone. */
  readonly lost?: boolean;
  /** The hash of its training settings: see `studyHash`. Undefined where run.json cannot be read. */
  readonly studyHash?: string | undefined;
  /** Its architecture; undefined where run.json cannot be read. */
  readonly architecture?: string | undefined;
  /** What it was trained by; undefined where run.json cannot be read. */
  readonly trained?: TrainedBy | undefined;
  /** Of a run that a sweep's cell asked for, how that was called then. */
  readonly cell?: { readonly recipe: string; readonly seed: number } | undefined;
  /** A text that says how and why batches are computed in parts, where they are. */
  readonly batches?: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly state: RunState;
  /** Its name, note and pin. `runName` says how it is called. */
  readonly about: RunAbout;
  /** Why about.json cannot be understood. */
  readonly aboutProblem?: string | undefined;
  /** Absent before training begins. */
  readonly status: RunStatus | undefined;
  /** The measured metrics by epoch, epoch 0 included. */
  readonly epochs: readonly EpochMetrics[];
  /** The epochs that have a checkpoint, ascending. */
  readonly checkpoints: readonly number[];
  /** Names of checkpoints that are not simply a trained epoch: "Epoch 0 (untrained)", "Checkpoint". */
  readonly titles?: Readonly<Record<number, string>> | undefined;
  /** Whether PyTorch trains it, and EpochLens watches. */
  readonly watched?: boolean | undefined;
  /** Set for a run whose checkpoints were trained elsewhere. */
  readonly imported?: ImportedSummary | undefined;
  /** A text about damage that is known without reading checkpoints. */
  readonly damage?: string | undefined;
  /** Why run.json cannot be read. */
  readonly problem?: string;
}

/** What says which runs are of one recipe. */
export interface TrainedBy {
  readonly seed: number;
  /** The name of the sweep's recipe; null of a run of no sweep. */
  readonly recipe: string | null;
  /** JSON texts by dotted names, without the seed. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface ImportedSummary {
  /** One for each checkpoint, ascending. */
  readonly accuracies: readonly CheckpointAccuracy[];
  /** A text about checkpoints that do not reach what their files claim. */
  readonly warning: string | undefined;
}

/** The imported checkpoints that are there and were never measured on the run's test images, ascending. */
export function unmeasuredEpochs({ imported, checkpoints }: Pick<RunSummary, 'imported' | 'checkpoints'>): number[] {
  const unmeasured = imported?.accuracies.filter(({ measured }) => measured === null) ?? [];
  return unmeasured.map(({ epoch }) => epoch).filter((epoch) => checkpoints.includes(epoch));
}

/** "Epoch 3", with the checkpoint's other names. */
export function titleOf({ titles }: RunSummary, epoch: number): string {
  return titles?.[epoch] ?? vscode.l10n.t('Epoch {0}', epoch);
}

/** Whether a process is working on it. */
export function isLive({ state }: RunSummary): boolean {
  return state === 'training' || state === 'starting';
}

/** Whether its process is one of EpochLens, that can be asked to stop. */
export function canStop(run: RunSummary): boolean {
  return isLive(run) && run.watched !== true;
}

/** Of a training of EpochLens's own, whose log a window keeps: PyTorch's goes where its own process writes. */
export function hasLog({ watched, imported }: RunSummary): boolean {
  return watched !== true && imported === undefined;
}

/** Whether its training ended before the last epoch, and can go on. */
export function canResume({ state, watched }: RunSummary): boolean {
  if (watched === true) return false;
  return state === 'cancelled' || state === 'failed' || state === 'interrupted';
}

/** The content of run.json. */
export type KnownRun = Pick<RunSummary, 'folder' | 'id' | 'studyName' | 'studyFile' | 'createdAt'> &
  Pick<RunSummary, 'architecture' | 'batches' | 'cell' | 'studyHash' | 'trained' | 'problem'> & {
    /** Undefined where it cannot be read. */
    readonly manifest?: RunManifest;
  };

/** The study of a run: its file by the store's path, its present name, and whether the file is gone. */
export type StudyOfRun = Pick<RunSummary, 'studyFile' | 'studyName' | 'lost'>;

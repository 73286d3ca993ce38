/** What a sweep's process is given, and whom it tells what happens. */
import type { Cell } from '../../study';
import type { Outcome, QueueFile } from '../../sweeps';
import type { StudyWithSweep } from './latestStudy';

export interface SweepRun {
  readonly inFile: StudyWithSweep;
  /** See `sweepFolder`. */
  readonly folder: string;
  readonly engine: QueueFile['engine'];
  readonly download: boolean;
}

export interface Told {
  readonly began: (cell: Cell, phase: 'training' | 'testing', run: string, how: 'new' | 'resumed' | 'waiting') => void;
  /** @param outcome undefined where it was stopped @param isKilled whether nobody had asked its process to end */
  readonly ended: (cell: Cell, outcome: Outcome | undefined, isKilled: boolean) => void;
  readonly tick: (waiting: string | undefined) => Promise<void>;
}

import type { CheckpointInfo } from '../../../src/protocol/panelView';
import type { ShownOutcome, ShownTest } from '../../../src/protocol/robustnessPanel';

/** A test at a checkpoint. */
export interface TestRow {
  readonly test: ShownTest;
  readonly checkpoint: CheckpointInfo;
  /** Undefined where it has to be computed. */
  readonly outcome: ShownOutcome | undefined;
}

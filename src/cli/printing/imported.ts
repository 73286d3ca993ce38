/** What is said of an imported run: how accurate its checkpoints are, beside what their files claim. */
import { percentText } from '../../common/numberText';
import {
  accuracyWarnings,
  checkpointName,
  epochSourceText,
  importedAccuracies,
  measuredAndClaimedText,
  percentRight,
  readMetrics,
  type CheckpointAccuracy,
  type Claims,
  type Run,
} from '../../runs';
import type { Output } from './output';

/** Of one checkpoint that was measured, as `import --json` writes it. */
interface MeasuredCheckpoint {
  readonly epoch: number;
  readonly right: number;
  readonly count: number;
  /** In per cent. */
  readonly accuracy: number;
  readonly claimed: Claims;
  /** Whether accuracy and claim differ by more than chance; null where nothing is claimed. */
  readonly differs: boolean | null;
}

function measuredCheckpoints(accuracies: readonly CheckpointAccuracy[]): MeasuredCheckpoint[] {
  return accuracies.flatMap(({ epoch, measured, claimed, differs }) =>
    measured === null ? [] : [{ epoch, ...measured, accuracy: percentRight(measured), claimed, differs }],
  );
}

/** Of the event with which an import ends. */
export async function importedEvent({ folder, manifest }: Run) {
  const accuracies = importedAccuracies(manifest, await readMetrics(folder));
  return { measured: measuredCheckpoints(accuracies), warnings: accuracyWarnings(manifest, accuracies) };
}

/** A line a checkpoint, then what is to be thought of. */
export async function sayAccuracies({ folder, manifest }: Run, output: Output): Promise<void> {
  const accuracies = importedAccuracies(manifest, await readMetrics(folder));
  for (const accuracy of accuracies) {
    const { epoch } = accuracy;
    const name = `${checkpointName(manifest, epoch)}${epochSourceText(manifest, epoch)}`;
    output.line(`  ${name}: ${measuredAndClaimedText(accuracy)}`);
  }
  for (const warning of accuracyWarnings(manifest, accuracies)) output.log(`Warning: ${warning}`);
}

/** ", which claims 93.07 %"; empty where it claims nothing. */
export function claimText({ testAccuracy, isBestSoFar }: Claims): string {
  if (testAccuracy === null) return '';
  const best = isBestSoFar === true ? ', as its best so far' : '';
  return `, which claims ${percentText(testAccuracy)} of test images right${best}`;
}

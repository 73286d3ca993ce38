/** What is said of the accuracy of imported checkpoints. */
import { basename } from 'node:path';
import { isFileNetwork, lookAlikeText } from '../../architectures';
import { capital } from '../../common/capital';
import { wholeText } from '../../common/counted';
import { percentText } from '../../common/numberText';
import { isDrawn } from '../../datasets/datasetKinds';
import { binomialTail } from '../../statistics';
import { checkpointName } from '../checkpoints/checkpointText';
import type { RunManifest } from '../manifest';
import { weightsAt } from '../checkpoints/untrained';
import { isFarBelowBest, percentRight, type CheckpointAccuracy, type MeasuredAccuracy } from './accuracies';
import type { Claims } from './claims';

type Imported = Pick<RunManifest, 'study' | 'imported' | 'dataset'>;

/** "0.79 % (8 of 1,017)" */
export function accuracyText(measured: MeasuredAccuracy): string {
  const { right, count } = measured;
  return `${percentText(percentRight(measured))} (${wholeText(right)} of ${wholeText(count)})`;
}

/** "measured 0.79 % (8 of 1,017); the file claims 93.07 %", or what there is of it. */
export function measuredAndClaimedText({ measured, claimed }: CheckpointAccuracy): string {
  const claim = claimed.testAccuracy === null ? undefined : `the file claims ${claimedText(claimed)}`;
  if (measured === null) return claim === undefined ? 'not measured here' : `${claim}; not measured here`;
  return `measured ${accuracyText(measured)}${claim === undefined ? '' : `; ${claim}`}`;
}

/** "93.07 %", "93.07 % as its best so far"; empty where nothing is claimed. */
function claimedText({ testAccuracy, isBestSoFar }: Claims): string {
  if (testAccuracy === null) return '';
  return `${percentText(testAccuracy)}${isBestSoFar === true ? ' as its best so far' : ''}`;
}

/**
 * A sentence or two for each checkpoint whose file claims what it does not do here, and for each that is trained and right no
 * more often than by chance; then what to look for.
 */
export function accuracyWarnings(run: Imported, accuracies: readonly CheckpointAccuracy[]): string[] {
  // What contradicts a claim before what may be well.
  const ordered = [...accuracies].sort((a, b) => Number(b.differs === true) - Number(a.differs === true));
  const warnings = ordered.flatMap((accuracy) => warningOf(run, accuracy) ?? []);
  if (warnings.length === 0) return [];
  return [
    ...warnings,
    adviceFor(run, { isClaimed: accuracies.some((each) => each.differs === true || isFarBelowBest(each)) }),
  ];
}

function warningOf(run: Imported, accuracy: CheckpointAccuracy): string | undefined {
  const { epoch, measured, claimed, differs } = accuracy;
  if (measured === null) return undefined;
  const name = `${capital(checkpointName(run, epoch))} (${fileName(run, epoch)})`;
  const text = `${name} gets ${accuracyText(measured)} of the test images right, measured here`;
  if (differs === true && claimed.testAccuracy !== null)
    return `${text}; the file claims ${claimedText(claimed)}. The two differ by more than chance.`;
  if (isFarBelowBest(accuracy))
    return `${text}; the file claims ${claimedText(claimed)}. An earlier checkpoint may have got that; else something is wrong.`;
  return isGuessing(run, accuracy) ? `${text}, which is no more than by guessing.` : undefined;
}

/** What names and shapes do not tell, unless a claim was met. */
export function importNotes(run: Imported, accuracies: readonly CheckpointAccuracy[]): string[] {
  const { architecture } = run.study.model;
  const isConfirmed = accuracies.some(({ differs }) => differs === false);
  // A file of efficientnet_b0 mostly names its network, and has been compared with that when it was imported.
  const lookAlike = architecture === 'resnet18_cifar' ? lookAlikeText(architecture) : undefined;
  if (run.imported === undefined || lookAlike === undefined || isConfirmed) return [];
  return [
    `${capital(lookAlike)}, which predicts otherwise. Compare the measured accuracy with what its training reached.`,
  ];
}

/** Beyond this probability of guessing so many right, it may be guessing. */
const GUESSED = 0.01;

/** Images that the program draws are of other classes than those of most files: guessing says nothing there. */
function isGuessing(run: Imported, { epoch, measured }: CheckpointAccuracy): boolean {
  const { kind, classNames } = run.dataset;
  if (measured === null || isDrawn(kind) || weightsAt(run, epoch) !== 'trained') return false;
  return binomialTail(measured.right, measured.count, 1 / classNames.length) > GUESSED;
}

function adviceFor({ study: { model }, dataset }: Imported, { isClaimed }: { readonly isClaimed: boolean }): string {
  const { architecture, inputSize } = model;
  const lookAlike = isFileNetwork(architecture) ? undefined : lookAlikeText(architecture);
  const network = `the network (${lookAlike === undefined ? '' : `${lookAlike}; `}it was taken for ${architecture} at ${inputSize}×${inputSize})`;
  const normalization = `the normalisation (mean ${model.normalization.mean.join(', ')}; std ${model.normalization.std.join(', ')})`;
  const images = isDrawn(dataset.kind)
    ? 'The images here are drawn by the program: of a network that was trained on others nothing else is to be expected. Else check'
    : 'Check';
  const other = isClaimed ? '; or the claim is of other images, or of other weights' : '';
  return `${images} ${network}, ${normalization} and the order of the classes${other}.`;
}

function fileName({ imported }: Imported, epoch: number): string {
  return basename(imported?.files.find((file) => file.epoch === epoch)?.file ?? '');
}

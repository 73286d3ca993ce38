/** What a run's checkpoints are called. */
import { weightsNote } from '../../common/checkpointWeights';
import type { RunManifest } from '../manifest';
import { weightsAt } from './untrained';

type Named = Pick<RunManifest, 'study' | 'imported'>;

const SAID_BY = {
  name: 'as its name says',
  file: 'as its file says',
  person: 'as was said when it was imported',
} as const;

/** Whether the number is an epoch's, and not only the one that the name of a file needs. */
export function isEpoch({ imported }: Pick<RunManifest, 'imported'>, epoch: number): boolean {
  return imported?.files.find((file) => file.epoch === epoch)?.epochFrom !== 'nothing';
}

/** "Epoch 3"; "Checkpoint" of an imported file alone, of which nothing says the epoch. */
export function checkpointHead(run: Pick<RunManifest, 'imported'>, epoch: number): string {
  return isEpoch(run, epoch) ? `Epoch ${epoch}` : 'Checkpoint';
}

/** The same with what its weights are, where they are not trained: "Epoch 0 (untrained)". */
export function checkpointTitle(run: Named, epoch: number): string {
  return `${checkpointHead(run, epoch)}${weightsNote(weightsAt(run, epoch))}`;
}

/** The same as the head of a table's row: "3", "0 (untrained)", "the checkpoint". */
export function checkpointCell(run: Named, epoch: number): string {
  return `${checkpointNumber(run, epoch)}${weightsNote(weightsAt(run, epoch))}`;
}

/** Where a column says that it is of epochs: "3", "the checkpoint". */
export function checkpointNumber(run: Pick<RunManifest, 'imported'>, epoch: number): string {
  return isEpoch(run, epoch) ? String(epoch) : 'the checkpoint';
}

/** In a sentence: "epoch 3", "the checkpoint". */
export function checkpointName(run: Pick<RunManifest, 'imported'>, epoch: number): string {
  return isEpoch(run, epoch) ? `epoch ${epoch}` : 'the checkpoint';
}

/** ", as its name says" of an imported checkpoint's epoch; empty of one that was trained here. */
export function epochSourceText({ imported }: Pick<RunManifest, 'imported'>, epoch: number): string {
  if (imported === undefined) return '';
  const from = imported.files.find((file) => file.epoch === epoch)?.epochFrom;
  if (from === 'nothing') return '';
  return from === undefined ? ', as its file or its name says' : `, ${SAID_BY[from]}`;
}

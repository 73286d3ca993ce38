/** What epochs are called in tables and figures. */
import { weightsNote } from '../common/checkpointWeights';
import { checkpointCell, checkpointHead, weightsAt, type Run } from '../runs';
import type { RunContent } from './content';
import { html, type Markup } from './markup';
import { listed } from './numbers';

/** The head of a row that some runs share: "3", "0 (untrained)" where it is of each of them that has such an epoch. */
export function epochCell(runs: readonly RunContent[], epoch: number): string {
  const having = runs.filter(
    ({ metrics, present }) => present.includes(epoch) || metrics.some((m) => m.epoch === epoch),
  );
  const cells = new Set(having.map(({ run }) => checkpointCell(run.manifest, epoch)));
  const [cell = String(epoch)] = cells;
  return cells.size > 1 ? String(epoch) : cell;
}

/** The head of a column. */
export function epochHead({ manifest }: Run, epoch: number): Markup {
  const note = weightsNote(weightsAt(manifest, epoch)).trim();
  return html`<th scope="col">${checkpointHead(manifest, epoch)}${note !== '' && html`<br />${note}`}</th>`;
}

/** Whether there is more than one checkpoint: else all that needs several is left out. */
export function hasSeveral({ present }: RunContent): boolean {
  return present.length > 1;
}

/** "epoch 3", "epochs 1 and 3" */
export function epochList(epochs: readonly number[]): string {
  return `${epochs.length === 1 ? 'epoch' : 'epochs'} ${listed(epochs)}`;
}

/** What the options of `sweep` change in its queue. */
import type { EngineChoice } from '../../engine/engine';
import type { CellProgress, CellState, QueueChange, QueueFile, SweepState } from '../../sweeps';
import type { Asked } from './plan';

export const CAN_BE_STOPPED: readonly CellState[] = ['queued', 'training', 'testing'];

/**
 * Of `--cancel`: the cells that are named, else all that wait or run. Of those that are done there is nothing to cancel: an
 * edit that asks for other tests has them tested as any.
 * @param left cells that are left alone
 */
export function cancelChange({ cells }: SweepState, ids: Asked['ids'], left: ReadonlySet<string>): QueueChange {
  const meant = cells.filter(({ cell, state }) =>
    ids === undefined ? CAN_BE_STOPPED.includes(state) : ids.has(cell.id) && state !== 'done',
  );
  return { cancel: meant.flatMap(({ cell }) => (left.has(cell.id) ? [] : [cell.id])) };
}

/** Of a sweep that another process runs: it sees them at once. Only `--continue` ends a pause. */
export function changesForRunner(
  planned: readonly CellProgress[],
  options: { readonly jobs?: number; readonly continue?: boolean },
): QueueChange[] {
  return [
    { add: planned.map(({ cell }) => cell.id) },
    ...(options.continue === true ? [{ paused: false }] : []),
    ...(options.jobs === undefined ? [] : [{ jobs: options.jobs }]),
  ];
}

/** Of one that is about to begin: what is over, and with names also what they leave out, is off the queue first. */
export function changesForStart(
  state: SweepState,
  queue: QueueFile | undefined,
  planned: readonly CellProgress[],
  options: Asked & { readonly jobs?: number; readonly engine?: EngineChoice },
): QueueChange[] {
  const isAlone = options.ids !== undefined || options.retry;
  const isOver = (id: string): boolean =>
    isAlone || state.cells.some(({ cell, state: each }) => cell.id === id && (each === 'done' || each === 'failed'));
  const others = (queue?.order ?? []).filter((id) => isOver(id) && !planned.some(({ cell }) => cell.id === id));
  const { jobs, engine } = options;
  return [
    { done: others },
    ...changesForRunner(planned, { continue: true, ...(jobs !== undefined && { jobs }) }),
    ...(engine === undefined ? [] : [{ engine: engineOf(engine) }]),
  ];
}

export function engineOf(choice: EngineChoice): QueueFile['engine'] {
  return choice === 'auto' ? choice : choice === 'wasm' ? 'embedded' : 'native';
}

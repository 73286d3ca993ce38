/** The way to every number: what is kept is taken from the run folder, what is missing is computed and kept. */
import { CancelledError } from '../common/errors';
import { inParallel } from '../common/inParallel';
import type { Host } from './computation';
import type { Priority, YieldTurn } from './scheduler';

/** How values of one kind are kept. */
export interface ResultStore<Item, Value> {
  /** In the order of the items; undefined where none is kept. */
  readonly load: (items: readonly Item[]) => Promise<readonly (Value | undefined)[]>;
  readonly store: (item: Item, value: Value) => Promise<void>;
}

/** Tells of values that were computed just now: whoever waits gets them, and then they are kept. */
export type Computed<Item, Value> = (items: readonly Item[], values: readonly Value[]) => Promise<void>;

export interface Wanted<Item, Value> {
  /** Items that are computed together, such as those of one checkpoint, in the order in which they are computed. */
  readonly groups: readonly (readonly Item[])[];
  readonly store: ResultStore<Item, Value>;
  /** Told of each value once: of all that are kept first. */
  readonly take: (items: readonly Item[], values: readonly Value[], state: 'kept' | 'computed') => void;
  /** Told, once all that is kept was taken, of what is not. */
  readonly onMissing?: (items: readonly Item[]) => Promise<void> | void;
  /**
   * Computes items of a group, after the engine was started. Absent: nothing is computed.
   * @param next items of the group after it
   */
  readonly compute?:
    | ((
        items: readonly Item[],
        computed: Computed<Item, Value>,
        turn: { readonly yieldTurn: YieldTurn; readonly next: readonly Item[] | undefined },
      ) => Promise<void>)
    | undefined;
  readonly priority: Priority;
}

/** @returns how many items were kept and computed, and those that are neither. @throws CancelledError, and what `compute` throws */
export async function keptOrComputed<Item, Value>(
  { groups, store: keeper, take, onMissing, compute, priority }: Wanted<Item, Value>,
  { scheduler, start, onWarning, signal }: Host & { readonly signal: AbortSignal },
): Promise<{ kept: number; computed: number; missing: readonly Item[] }> {
  let kept = 0;
  let computed = 0;

  /** @returns those that are not kept */
  async function takeKept(items: readonly Item[]): Promise<readonly Item[]> {
    if (signal.aborted) throw new CancelledError();
    const values = await keeper.load(items);
    const found = items.filter((_, at) => values[at] !== undefined);
    kept += found.length;
    if (found.length > 0)
      take(
        found,
        values.filter((value) => value !== undefined),
        'kept',
      );
    return items.filter((_, at) => values[at] === undefined);
  }

  async function takeComputed(items: readonly Item[], values: readonly Value[]): Promise<void> {
    computed += items.length;
    take(items, values, 'computed');
    await inParallel([...items.entries()], ([at, item]) => keeper.store(item, values[at] as Value)).catch(
      (error: unknown) => onWarning('results could not be kept', error),
    );
  }

  const missing: (readonly Item[])[] = [];
  for (const group of groups) {
    const left = await takeKept(group);
    if (left.length > 0) missing.push(left);
  }
  await onMissing?.(missing.flat());
  if (missing.length === 0 || compute === undefined) return { kept, computed, missing: missing.flat() };
  await scheduler.take(priority, signal, async (yieldTurn) => {
    await start();
    for (const [at, group] of missing.entries()) {
      // Whoever had the turn before may have computed the same.
      const left = await takeKept(group);
      if (left.length > 0) await compute(left, takeComputed, { yieldTurn, next: missing[at + 1] });
    }
  });
  return { kept, computed, missing: [] };
}

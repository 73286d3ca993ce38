/** Turns chosen tests into requests to the engine. This file does not import `vscode`. */

export interface ChosenTest {
  readonly index: number;
  readonly epoch: number;
}

export interface Batch {
  /** Ascending. */
  readonly entries: readonly number[];
  readonly epochs: readonly number[];
}

/**
 * A request covers all its perturbations at all its epochs, so perturbations that are chosen at the same epochs share
 * one.
 */
export function batchesOf(chosen: readonly ChosenTest[]): Batch[] {
  const epochsOf = new Map<number, Set<number>>();
  for (const { index, epoch } of chosen) epochsOf.set(index, (epochsOf.get(index) ?? new Set()).add(epoch));
  const batches = new Map<string, { entries: number[]; epochs: number[] }>();
  for (const [index, set] of [...epochsOf].sort(([a], [b]) => a - b)) {
    const epochs = [...set].sort((a, b) => a - b);
    const key = epochs.join();
    const batch = batches.get(key) ?? { entries: [], epochs };
    batch.entries.push(index);
    batches.set(key, batch);
  }
  return [...batches.values()];
}

/** What is known of a run's perturbation tests before anything is computed. Needs no engine. */
import type { TargetLayer } from '../../architectures';
import { InputError } from '../../common/errors';
import type { VouchedCheckpoint } from '../../runs';
import type { Perturbation } from '../../perturbations';
import type { Measured } from '../../measures/robustness/measured';
import type { ImageSet } from '../../datasets';
import type { InputSettings } from '../../models/input';
import type { Model } from '../../models/model';
import { hashCheckpoints, type HashedCheckpoint } from '../../weights/hashedCheckpoint';
import { imageCount, resultStore, whatIsMeasured, type ResultStore } from './store';
import { openLedger, type LedgerRow } from './ledger';
import { formerText } from './text';

export interface RobustnessPlan {
  /** The run's, in which results are kept. */
  readonly folder: string;
  readonly model: Model;
  readonly input: InputSettings;
  /** Whose heatmaps are compared. */
  readonly targetLayer: TargetLayer;
  readonly checkpoints: readonly VouchedCheckpoint[];
  readonly test: ImageSet;
  /** All of the study's. */
  readonly entries: readonly Perturbation[];
  /** Which of them are meant, from 0. */
  readonly places: readonly number[];
}

/** An entry at a checkpoint. */
export interface Cell {
  readonly checkpoint: HashedCheckpoint;
  readonly place: number;
  readonly entry: Perturbation;
}

export type Known =
  | { readonly state: 'kept'; readonly measured: Measured }
  /** What this entry was before it, its weights, its layer or its images changed. */
  | { readonly state: 'stale'; readonly measured: Measured; readonly was: string }
  | { readonly state: 'missing' };

export interface ResultLookup {
  readonly store: ResultStore;
  /** A checkpoint at a time, in the order asked for. */
  readonly cells: readonly (Cell & { readonly known: Known })[];
  /** Remembers a result as the last of its place and epoch. */
  record(cell: Cell): Promise<void>;
}

/** @throws InputError where there is nothing to measure on */
export async function lookUpResults(plan: RobustnessPlan): Promise<ResultLookup> {
  const { folder, entries, places, test } = plan;
  if (test.count === 0) throw new InputError('the data set has no test images', { expected: 'at least one' });
  const store = resultStore(plan);
  const measuredEntries = entries.map((entry) => ({ ...whatIsMeasured(entry), images: imageCount(entry, test) }));
  const ledger = await openLedger(folder, measuredEntries);
  const remember = ({ checkpoint: { epoch, hash }, place, entry }: Cell): void => {
    const perturbation = measuredEntries[place] as Perturbation;
    ledger.put({ place, epoch, perturbation, result: store.nameOf(hash, entry) });
  };
  const cells: (Cell & { known: Known })[] = [];
  for (const checkpoint of await hashCheckpoints(plan.checkpoints)) {
    for (const place of places) {
      const cell = { checkpoint, place, entry: entries[place] as Perturbation };
      const measured = await store.load(checkpoint.hash, cell.entry);
      if (measured !== undefined) remember(cell);
      const known: Known =
        measured === undefined
          ? await former(store, measuredEntries[place] as Perturbation, ledger.row(place, checkpoint.epoch))
          : { state: 'kept', measured };
      cells.push({ ...cell, known });
    }
  }
  // A run folder that cannot be written to can still be looked at.
  await ledger.save().catch(() => undefined);
  return {
    store,
    cells,
    record: (cell) => {
      remember(cell);
      return ledger.save();
    },
  };
}

/** What is outdated, if anything is known. */
async function former(store: ResultStore, entry: Perturbation, row: LedgerRow | undefined): Promise<Known> {
  const measured = row && (await store.loadNamed(row.result));
  if (row === undefined || measured === undefined) return { state: 'missing' };
  return { state: 'stale', measured, was: formerText(row.perturbation, entry) };
}

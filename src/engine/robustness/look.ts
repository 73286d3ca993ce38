/** What is known of a run's perturbation tests before anything is computed. Needs no engine. */
import type { StageDeclaration } from '../../architectures';
import { InputError } from '../../common/errors';
import { canonicalJson } from '../../common/canonicalJson';
import type { Checkpoint } from '../../runs';
import type { Perturbation } from '../../study';
import type { Measured } from '../../protocol/measured';
import type { ImageSet, InputSettings } from '../data';
import type { Model } from '../models/model';
import { hashCheckpoint, type HashedCheckpoint } from '../weights/hashedCheckpoint';
import { imageCount, resultStore, whatIsMeasured, type ResultStore } from './keep';
import { placeRows, readLedger, writeLedger, type LedgerRow } from './ledger';
import { formerText } from './text';

export interface RobustnessPlan {
  /** The run's, in which results are kept. */
  readonly folder: string;
  readonly model: Model;
  readonly input: InputSettings;
  /** Whose heatmaps are compared. */
  readonly stage: StageDeclaration;
  readonly checkpoints: readonly Checkpoint[];
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

export interface Look {
  readonly store: ResultStore;
  /** A checkpoint at a time, in the order asked for. */
  readonly cells: readonly (Cell & { readonly known: Known })[];
  /** Remembers a result as the last of its place and epoch. */
  record(cell: Cell): Promise<void>;
}

/** @throws InputError where there is nothing to measure on */
export async function lookUp(plan: RobustnessPlan): Promise<Look> {
  const { folder, entries, places, test } = plan;
  if (test.count === 0) throw new InputError('the data set has no test images', { expected: 'at least one' });
  const store = resultStore(plan);
  const measuredEntries = entries.map((entry) => ({ ...whatIsMeasured(entry), images: imageCount(entry, test) }));
  const before = await readLedger(folder);
  const rows = new Map(placeRows(before, measuredEntries).map((row) => [rowKey(row.place, row.epoch), row]));
  const remember = ({ checkpoint, place, entry }: Cell): void => {
    const perturbation = measuredEntries[place] as Perturbation;
    const row = { place, epoch: checkpoint.epoch, perturbation, result: store.nameOf(checkpoint.hash, entry) };
    rows.set(rowKey(place, checkpoint.epoch), row);
  };
  const write = async (): Promise<void> => {
    await writeLedger(
      folder,
      [...rows.values()].sort((a, b) => a.place - b.place || a.epoch - b.epoch),
    );
  };

  const cells: (Cell & { known: Known })[] = [];
  for (const checkpoint of await Promise.all(plan.checkpoints.map(hashCheckpoint))) {
    for (const place of places) {
      const entry = entries[place] as Perturbation;
      const measured = await store.load(checkpoint.hash, entry);
      const former = measured === undefined ? rows.get(rowKey(place, checkpoint.epoch)) : undefined;
      const known: Known =
        measured === undefined
          ? await stale(store, measuredEntries[place] as Perturbation, former)
          : { state: 'kept', measured };
      cells.push({ checkpoint, place, entry, known });
      if (known.state === 'kept') remember({ checkpoint, place, entry });
    }
  }
  // A run folder that cannot be written to can still be looked at.
  if (canonicalJson([...rows.values()]) !== canonicalJson(before)) await write().catch(() => undefined);
  return {
    store,
    cells,
    async record(cell) {
      remember(cell);
      await write();
    },
  };
}

async function stale(store: ResultStore, entry: Perturbation, former: LedgerRow | undefined): Promise<Known> {
  const measured = former && (await store.loadNamed(former.result));
  if (former === undefined || measured === undefined) return { state: 'missing' };
  return { state: 'stale', measured, was: formerText(former.perturbation, entry) };
}

function rowKey(place: number, epoch: number): string {
  return `${place} ${epoch}`;
}

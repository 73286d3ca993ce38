/** A shard's share of the tests: parts of them, which are kept beside one another until a test is whole. */
import type { Shard, Share } from '../../common/shard';
import type { TallyPart } from '../../measures/robustness/tally';
import type { Perturbation } from '../../perturbations';
import type { Model } from '../../models/model';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { Work } from '../computation';
import { keptOrComputed } from '../keptOrComputed';
import type { YieldTurn } from '../scheduler';
import { rangesOf, sharedTests, type Range, type SharedTest, type TestParts } from './parts';

/** An entry at a checkpoint. */
export interface Test {
  readonly checkpoint: HashedCheckpoint;
  readonly place: number;
  readonly entry: Perturbation;
}

export interface ShareOf {
  readonly model: Model;
  readonly shard: Shard;
  /** The tests of each checkpoint. */
  readonly checkpoints: readonly (readonly Test[])[];
  readonly imagesOf: (test: Test) => number;
  readonly partsOf: (test: Test) => TestParts;
  /** Whether the whole test is kept: whoever asks for it next makes it of its parts. */
  readonly isWhole: (test: Test) => Promise<boolean>;
  /** Parts whose test is whole are of no more use. */
  readonly forget: (test: Test, ranges: readonly Range[]) => Promise<void>;
  readonly measure: (test: Test, asked: ShareToMeasure) => Promise<void>;
}

export interface ShareToMeasure {
  readonly ranges: readonly Range[];
  readonly take: (range: Range, part: TallyPart) => Promise<void>;
  readonly yieldTurn: YieldTurn;
  readonly next: HashedCheckpoint | undefined;
  readonly advance: (images: number) => void;
}

interface PartCell {
  readonly test: Test;
  readonly range: Range;
}

/** In perturbed images. @throws CancelledError, WorkError */
export async function computeShare(
  { model, shard, checkpoints, imagesOf, partsOf, isWhole, forget, measure }: ShareOf,
  work: Work<{ kind: 'count'; done: number; of: number }>,
): Promise<Share> {
  const shared = sharedTests(checkpoints, { model, shard, imagesOf });
  const cost = ({ test, range }: PartCell): number => (range.end - range.start) * test.entry.rounds;
  const costOf = (parts: readonly PartCell[]): number => parts.reduce((sum, part) => sum + cost(part), 0);
  const share: { done: number; kept: number } = { done: 0, kept: 0 };
  const through = { done: 0, of: 0 };
  let missing: readonly PartCell[] | undefined;
  await keptOrComputed<PartCell, TallyPart | 'of a whole'>(
    {
      groups: shared.map(cellsOf),
      priority: 'later',
      store: {
        async load(cells) {
          const [first] = cells;
          if (first !== undefined && (await isWhole(first.test))) return cells.map(() => 'of a whole' as const);
          // Parts that another engine made do not count: which one this is, it says once it runs.
          await work.start();
          return Promise.all(cells.map(({ test, range }) => partsOf(test).load(range)));
        },
        async store({ test, range }, part) {
          if (part !== 'of a whole') await partsOf(test).store(range, part);
        },
      },
      take(cells, _, state) {
        share.done += costOf(cells);
        if (state === 'kept' && missing === undefined) share.kept += costOf(cells);
      },
      onMissing(cells) {
        missing = cells;
        through.of = costOf(cells);
      },
      async compute(cells, computed, { yieldTurn, next }) {
        const [first] = cells;
        if (first === undefined) return;
        const { test } = first;
        await measure(test, {
          ranges: cells.map(({ range }) => range),
          take: (range, part) => computed([{ test, range }], [part]),
          yieldTurn,
          next: next?.[0]?.test.checkpoint,
          advance(images) {
            through.done += images;
            work.progress({ kind: 'count', ...through });
          },
        });
      },
    },
    work,
  );
  for (const { test, ranges } of shared) if (await isWhole(test)) await forget(test, ranges);
  const of = checkpoints
    .flat()
    .reduce((sum, test) => sum + costOf(rangesOf(model, imagesOf(test)).map((range) => ({ test, range }))), 0);
  return { ...share, of };
}

function cellsOf({ test, ranges }: SharedTest<Test>): PartCell[] {
  return ranges.map((range) => ({ test, range }));
}

/** A run's perturbation tests: what is kept or outdated at once, the rest as it is computed. */
import { InputError } from '../../common/errors';
import type { Shard, Share } from '../../common/shard';
import { misses } from '../../measures/robustness/expectations';
import { WITHOUT_IMAGES, type Measured } from '../../measures/robustness/measured';
import { openLedger, openRun, robustnessResults, selectCheckpoints, whatIsMeasured, type Ledger } from '../../runs';
import type { Perturbation } from '../../perturbations';
import { hashCheckpoints } from '../../weights/hashedCheckpoint';
import type { createMeasurer } from '../compute';
import type { Computation, Work } from '../computation';
import { mapsOf } from '../heatmaps/mapsOf';
import { withSet } from '../images/sets';
import { keptOrComputed, type Wanted } from '../keptOrComputed';
import type { TestParts } from './parts';
import { computeShare, type Test as Cell } from './share';
import { createScheduler } from '../scheduler';
import { describePerturbations, choosePerturbations } from './chosenPerturbations';
import type { RobustnessProgress, robustnessRequest, RobustnessResultMessage } from './schema';
import { imageCount } from './testImages';
import { storeOf, type Plan } from './testStore';
import { formerText } from './text';

/** Tests give way to what is shorter, and not to each other: the other one may be about to compute the same. */
const TESTING = createScheduler();

export const robustness: Computation<typeof robustnessRequest> = async (params, work) => {
  const begin = performance.now();
  const run = await openRun(params.run);
  const meant = await choosePerturbations(run, params.entries);
  const of = await mapsOf(run, {
    layer: meant.layer,
    method: params.method ?? meant.method,
    parameters: params.parameters,
  });
  const found = await selectCheckpoints(run, params.epochs);
  work.progress({ kind: 'start', entries: describePerturbations(meant) });
  return withSet(run, 'test', async ({ set: test }) => {
    if (test.count === 0) throw new InputError('the data set has no test images', { expected: 'at least one' });
    const plan = { ...of, folder: run.folder, test };
    // As they are measured: by how many images, and whatever is expected.
    const measured = meant.perturbations.map((entry) => ({
      ...whatIsMeasured(entry),
      images: imageCount(entry, test),
    }));
    const ledger = await openLedger(run.folder, measured);
    const { load, store, nameOf, isPutTogether, partsOf: partsOfCell } = storeOf(plan);
    const remember = (cell: Cell): void => {
      const { place, checkpoint } = cell;
      const perturbation = measured[place] as Perturbation;
      ledger.put({ place, epoch: checkpoint.epoch, perturbation, result: nameOf(cell) });
    };
    const tell = (cell: Cell, state: RobustnessResultMessage['state'], each: Measured, was?: string): void =>
      work.progress({
        ...resultMessage(cell, state, each, params.perImage ?? false),
        ...(was === undefined ? {} : { was }),
      });
    const { compute, advance, plans } = computing(plan, partsOfCell, work);
    const checkpoints = await hashCheckpoints(found);
    const tests = checkpoints.map((checkpoint) =>
      meant.indices.map((place) => ({ checkpoint, place, entry: meant.perturbations[place] as Perturbation })),
    );
    if (params.shard !== undefined) {
      const share = await shareOf({ plan, tests, shard: params.shard }, work);
      return { kept: 0, computed: 0, missing: [], share, milliseconds: performance.now() - begin };
    }
    const counts = await keptOrComputed<Cell, Measured>(
      {
        // One at a time: another entry may be the same, and another program may have computed it meanwhile.
        groups: tests.flat().map((test) => [test]),
        store: {
          load,
          async store(cell, each) {
            await store(cell, each);
            remember(cell);
            await ledger.save();
          },
        },
        priority: 'later',
        take(cells, values, state) {
          cells.forEach((cell, at) => {
            if (state === 'kept') {
              remember(cell);
              advance(cell);
            }
            // As one process tells of it, which computes the whole test.
            tell(cell, isPutTogether(cell) ? 'computed' : state, values[at] as Measured);
          });
        },
        async onMissing(cells) {
          for (const cell of cells) {
            const former = await formerOf(run.folder, ledger, cell, measured[cell.place] as Perturbation);
            if (former !== undefined) tell(cell, 'stale', former.measured, former.was);
          }
          // A run folder that cannot be written to can still be looked at.
          await ledger.save().catch(() => undefined);
          plans(cells);
        },
        compute: params.compute ? compute : undefined,
      },
      { ...work, scheduler: testsInTurn(work) },
    );
    await ledger.save().catch(() => undefined);
    const { kept, computed, missing } = counts;
    return {
      kept,
      computed,
      missing: missing.map(({ place, checkpoint: { epoch } }) => ({ entry: place, epoch })),
      milliseconds: performance.now() - begin,
    };
  });
};

function testsInTurn({ scheduler, onWaiting }: Pick<Work, 'scheduler' | 'onWaiting'>): Work['scheduler'] {
  const testing = TESTING.takenFor('tests', onWaiting);
  return {
    ...scheduler,
    take: (priority, signal, work) => testing.take('soon', signal, () => scheduler.take(priority, signal, work)),
  };
}

/** Computes a shard's share. The ledger is left to whoever looks at whole tests: of shards that write it at once the last would win. */
async function shareOf(
  { plan, tests, shard }: { plan: Plan; tests: readonly (readonly Cell[])[]; shard: Shard },
  work: Work<RobustnessProgress>,
): Promise<Share> {
  const kept = storeOf(plan);
  let measurer: ReturnType<typeof createMeasurer> | undefined;
  return computeShare(
    {
      model: plan.model,
      shard,
      checkpoints: tests,
      imagesOf: ({ entry }) => imageCount(entry, plan.test),
      partsOf: kept.partsOf,
      isWhole: kept.isWhole,
      forget: kept.forget,
      async measure({ checkpoint, entry }, { ranges, take, yieldTurn, next, advance }) {
        const computing = await import('../compute');
        measurer ??= computing.createMeasurer({ ...plan, severalCheckpoints: tests.length > 1 });
        const steps = { signal: work.signal, yieldTurn, advance };
        await measurer(checkpoint, entry, steps, next, { ranges, take });
      },
    },
    { ...work, scheduler: testsInTurn(work) },
  );
}

/** How missing cells are computed, and how far that is: progress counts perturbed images. */
function computing(plan: Plan, partsOf: (cell: Cell) => TestParts, { signal, progress }: Work<RobustnessProgress>) {
  let of: number | undefined;
  let done = 0;
  let severalCheckpoints = false;
  const cost = ({ entry }: Cell): number => imageCount(entry, plan.test) * entry.rounds;
  const advanceBy = (images: number): void => {
    if (of === undefined) return;
    done += images;
    progress({ kind: 'count', done, of });
  };
  let measurer: ReturnType<typeof createMeasurer> | undefined;
  const compute: Wanted<Cell, Measured>['compute'] = async (cells, computed, { yieldTurn, next }) => {
    const computing = await import('../compute');
    measurer ??= computing.createMeasurer({ ...plan, severalCheckpoints });
    for (const cell of cells) {
      const { checkpoint, entry } = cell;
      const steps = { signal, yieldTurn, advance: advanceBy };
      const { load } = partsOf(cell);
      const seen = await measurer(checkpoint, entry, steps, next?.[0]?.checkpoint, { load });
      await computed([cell], [seen.measured()]);
    }
  };
  return {
    compute,
    /** Somebody else had computed it meanwhile. */
    advance: (cell: Cell) => advanceBy(cost(cell)),
    /** What has to be computed. */
    plans: (cells: readonly Cell[]): void => {
      of = cells.reduce((sum, cell) => sum + cost(cell), 0);
      severalCheckpoints = new Set(cells.map(({ checkpoint }) => checkpoint)).size > 1;
    },
  };
}

/** What this entry was before it, its weights, its layer or its images changed; undefined where nothing is known. */
async function formerOf(
  folder: string,
  ledger: Ledger,
  { place, checkpoint }: Cell,
  entry: Perturbation,
): Promise<{ measured: Measured; was: string } | undefined> {
  const row = ledger.row(place, checkpoint.epoch);
  const measured = row && (await robustnessResults.loadNamed(folder, row.result));
  return row && measured && { measured, was: formerText(row.perturbation, entry) };
}

function resultMessage(
  { place, entry, checkpoint: { epoch } }: Cell,
  state: RobustnessResultMessage['state'],
  found: Measured,
  perImage: boolean,
): RobustnessResultMessage {
  const measured = perImage ? found : { ...found, perImage: WITHOUT_IMAGES };
  // Of what is outdated nothing is judged.
  const missed =
    state === 'stale' ? [] : misses(entry, measured).map(({ text, actual, expected }) => ({ text, actual, expected }));
  return { kind: 'result', entry: place, epoch, state, measured, misses: missed };
}

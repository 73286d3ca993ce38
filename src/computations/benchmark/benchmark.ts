/** How a run's checkpoints do on a published benchmark's files: predictions are kept by content, and measured anew. */
import { InputError } from '../../common/errors';
import { createClassIndices, type ClassIndices } from '../../common/classIndices';
import { listCheckpoints, loadPredictions, openRun, storePredictions, whileUsing, type Run } from '../../runs';
import { inputOf, modelOf } from '../../weights/fromStudy';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import { checkpointsOf } from '../checkpoints';
import type { Computation, Work } from '../computation';
import { keptOrComputed, type ResultStore, type Wanted } from '../keptOrComputed';
import { aboutBatchesNow } from '../madeBy';
import { startMessage } from './describe';
import { openBenchmark, type BenchmarkFile } from './folder';
import { measureParts } from './measured';
import { partsOf, type Part } from './parts';
import type { BenchmarkProgress, benchmarkRequest, BenchmarkResult, BenchmarkStart } from './schema';

/** A part at a checkpoint of this run, or of the other one. */
interface Item {
  readonly of: Tested;
  readonly checkpoint: HashedCheckpoint;
  readonly part: Part;
}

interface Tested {
  readonly run: Run;
  readonly model: ReturnType<typeof modelOf>;
  readonly input: ReturnType<typeof inputOf>;
}

const tested = (run: Run): Tested => ({ run, model: modelOf(run), input: inputOf(run.study) });

export const benchmark: Computation<typeof benchmarkRequest> = async (params, work) => {
  const begin = performance.now();
  const own = tested(await openRun(params.run));
  const other = params.against === undefined ? undefined : await otherRun(own, params.against);
  const folder = await openBenchmark(params.folder, own.model.classes);
  const limit = params.limit ?? Infinity;
  work.progress(startMessage(params.folder, folder, limit, other?.named ?? null));
  const checkpoints = await checkpointsOf(own.run, params.epochs);
  const parts = new Map<BenchmarkFile, readonly Part[]>();
  for (const file of folder.files) parts.set(file, await partsOf(file, limit, work.signal));
  const all = [...parts.values()].flat();
  const compared = all.filter(({ file }) => file.kind === 'corruption');
  const found = createResults();
  const answers = { kept: 0, computed: 0 };
  const toldEpochs = new Set<number>();
  const others = other === undefined ? [] : await other.checkpointsFor(params.epochs);

  function tell(): void {
    for (const checkpoint of checkpoints) {
      if (toldEpochs.has(checkpoint.epoch)) continue;
      const theirs = other && others.find(({ epoch }) => epoch === other.meant(checkpoint.epoch));
      const needed = [
        ...all.map((part) => ({ of: own, checkpoint, part })),
        ...(other && theirs ? compared.map((part) => ({ of: other.tested, checkpoint: theirs, part })) : []),
      ];
      if (!needed.every(found.has)) continue;
      toldEpochs.add(checkpoint.epoch);
      const state: BenchmarkResult['state'] = needed.every(found.wasKept) ? 'kept' : 'computed';
      answers[state]++;
      const predicted = (of: Tested, at: HashedCheckpoint) => (part: Part) => found.get({ of, checkpoint: at, part });
      const mine = predicted(own, checkpoint);
      const measured = measureParts(parts, mine, other && theirs && predicted(other.tested, theirs));
      work.progress({ kind: 'result', epoch: checkpoint.epoch, state, benchmark: measured });
    }
  }

  const groups = [
    ...others.map((checkpoint) => compared.map((part) => ({ of: (other as Other).tested, checkpoint, part }))),
    ...checkpoints.map((checkpoint) => all.map((part) => ({ of: own, checkpoint, part }))),
  ].filter((group) => group.length > 0);
  const { compute, advance, plans } = computing(work);
  const compareAll = () =>
    keptOrComputed<Item, ClassIndices>(
      {
        groups,
        store: STORE,
        priority: 'later',
        take(items, predictions, state) {
          items.forEach((item, at) => {
            if (state === 'kept') advance(item.part.set.count);
            found.put(item, predictions[at] as ClassIndices, state);
          });
          tell();
        },
        onMissing: plans,
        compute: params.compute ? compute : undefined,
      },
      work,
    );
  await (other === undefined ? compareAll() : whileUsing(other.tested.run.folder, compareAll));
  const missing = params.epochs.filter((epoch) => !toldEpochs.has(epoch));
  return { ...answers, missing, milliseconds: performance.now() - begin };
};

interface Other {
  readonly named: NonNullable<BenchmarkStart['against']>;
  readonly tested: Tested;
  /** Of the same epoch where it keeps it, else its last. */
  readonly meant: (epoch: number) => number;
  readonly checkpointsFor: (epochs: readonly number[]) => Promise<HashedCheckpoint[]>;
}

/** @throws InputError where it has no checkpoint, or other classes */
async function otherRun(own: Tested, path: string): Promise<Other> {
  const other = tested(await openRun(path));
  const { folder } = other.run;
  if (folder === own.run.folder)
    throw new InputError('a run compared with itself', { file: folder, expected: 'another run' });
  if (other.model.classes !== own.model.classes)
    throw new InputError('the runs are not of the same classes', {
      file: folder,
      found: `${other.model.classes} classes`,
      expected: String(own.model.classes),
    });
  const kept = (await listCheckpoints(folder)).map(({ epoch }) => epoch);
  if (kept.length === 0)
    throw new InputError('the other run has no checkpoint', { file: folder, expected: 'one at least' });
  const meant = (epoch: number): number => (kept.includes(epoch) ? epoch : Math.max(...kept));
  return {
    named: { run: folder, name: nameOf(other.run) },
    tested: other,
    meant,
    checkpointsFor: (epochs) => checkpointsOf(other.run, [...new Set(epochs.map(meant))]),
  };
}

function nameOf({ study, id }: Run): string {
  return `${study.name}/${id}`;
}

/** Predictions that are there, by run, checkpoint and content. */
function createResults() {
  const found = new Map<string, { predictions: ClassIndices; state: BenchmarkResult['state'] }>();
  const keyOf = ({ of, checkpoint, part }: Item): string =>
    `${of.run.folder} ${checkpoint.hash} ${part.set.contentHash}`;
  return {
    put: (item: Item, predictions: ClassIndices, state: BenchmarkResult['state']) =>
      void found.set(keyOf(item), { predictions, state }),
    has: (item: Item) => found.has(keyOf(item)),
    wasKept: (item: Item) => found.get(keyOf(item))?.state === 'kept',
    get: (item: Item) => found.get(keyOf(item))?.predictions ?? createClassIndices(item.of.model.classes, 0),
  };
}

const STORE: ResultStore<Item, ClassIndices> = {
  load: (items) =>
    Promise.all(
      items.map((item) => {
        const { classes } = item.of.model;
        return loadPredictions(item.of.run.folder, inputsOf(item), { classes, count: item.part.set.count });
      }),
    ),
  store: (item, predictions) =>
    storePredictions(item.of.run.folder, inputsOf(item), predictions, aboutBatchesNow(item.of.model)),
};

function inputsOf({ of: { model, input }, checkpoint, part }: Item) {
  return { architecture: model.id, input, checkpoint: checkpoint.hash, images: part.set.contentHash };
}

/** How missing predictions are computed, and how far that is: progress counts images. */
function computing({ signal, progress }: Work<BenchmarkProgress>) {
  let of: number | undefined;
  let done = 0;
  const count = (more: number): void => {
    if (of !== undefined) progress({ kind: 'count', done: done + more, of });
  };
  const advance = (images: number): void => {
    if (of !== undefined) done += images;
    count(0);
  };
  const compute: Wanted<Item, ClassIndices>['compute'] = async (items, computed, { yieldTurn }) => {
    const { predictAtCheckpoint } = await import('../compute');
    for (const item of items) {
      const { set } = item.part;
      const { model, input } = item.of;
      const watch = { signal, progress: count, yieldTurn };
      await computed([item], [await predictAtCheckpoint(model, item.checkpoint, set, input, watch)]);
      advance(set.count);
    }
  };
  return {
    compute,
    advance,
    /** What has to be computed. */
    plans: (items: readonly Item[]): void => {
      of = items.reduce((sum, { part }) => sum + part.set.count, 0);
    },
  };
}

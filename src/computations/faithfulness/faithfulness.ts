/** How faithful maps are to a run's checkpoints: kept scores, and the rest computed and kept. */
import { InputError } from '../../common/errors';
import { unitsOf } from '../../common/shard';
import { CONTROL_IDS } from '../../measures/faithfulness/controls';
import { ROAD_NOISE } from '../../measures/faithfulness/road/road';
import { DEFAULT_SCORES, SCORE_IDS } from '../../measures/faithfulness/scores';
import { listCheckpoints, openRun, selectCheckpoints, untrainedEpoch, type FaithfulnessValues } from '../../runs';
import { hashCheckpoints, type HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { createScorer } from '../compute';
import type { Computation } from '../computation';
import { hashedImage } from '../heatmaps/hashedImage';
import { describeExplanation, mapsOf } from '../heatmaps/mapsOf';
import { loadRequested } from '../images/requested';
import { keptOrComputed } from '../keptOrComputed';
import { cellStore, chunksOf, type Cell } from './cells';
import { createCollector } from './collect';
import { passesOfGroup } from './passes';
import type { faithfulnessRequest } from './schema';
import { methodSubjects, type MethodSubjects } from './subjects';

export const faithfulness: Computation<typeof faithfulnessRequest> = async (params, work) => {
  const begin = performance.now();
  const run = await openRun(params.run);
  const { layer, target = 'predicted', seed = 0, roadNoise: noise = ROAD_NOISE } = params;
  const found = await selectCheckpoints(run, params.epochs);
  const explained = await Promise.all(
    params.methods.map(({ id, parameters }) => mapsOf(run, { method: id, parameters, layer })),
  );
  const { model, input } = explained[0] as (typeof explained)[number];
  const requested = await loadRequested(run, params.images, work);
  const images = requested.flatMap(({ image }) => (image === undefined ? [] : [hashedImage(image)]));
  if (images.length === 0) throw new InputError('none of the images can be scored', { expected: 'at least one' });
  const checkpoints = await hashCheckpoints([...found].sort((a, b) => a.epoch - b.epoch));
  const untrained = await untrainedCheckpoint(run, checkpoints);
  const scores = SCORE_IDS.filter((score) => (params.scores ?? DEFAULT_SCORES).includes(score));
  const controls = CONTROL_IDS.filter(
    (control) => (params.controls ?? CONTROL_IDS).includes(control) && (control !== 'untrained' || untrained),
  );
  const methods = explained.map((each) => methodSubjects(each, controls, untrained));
  const chunks = chunksOf(images);
  const groups = checkpoints.flatMap((checkpoint) =>
    chunks.map((chunk): Cell[] => [
      { checkpoint, chunk, score: 'clean' },
      ...subjectsOf(methods).flatMap((subject) => scores.map((score) => ({ checkpoint, chunk, score, subject }))),
    ]),
  );
  const share = unitsOf(groups, params.shard);
  let missing: readonly Cell[] = [];
  const collector = createCollector({ methods, scores, chunks, seed, perImage: params.perImage ?? false });
  const describing = { methods: explained.map(describeExplanation), scores, controls };
  const started = { passes: { forward: 0, backward: 0 } };
  let done = 0;
  const count = (images: number): void => {
    const of = started.passes.forward;
    work.progress({ kind: 'count', done: Math.min(of, done + images), of });
  };
  let scoring: ReturnType<typeof createScorer> | undefined;
  await keptOrComputed<Cell, FaithfulnessValues>(
    {
      groups: share,
      store: cellStore({ folder: run.folder, model, input, target, seed, noise }),
      priority: 'later',
      take(cells, values, state) {
        for (const point of collector.take(cells, values)) work.progress({ kind: 'result', state, ...point });
      },
      onMissing(cells) {
        missing = cells;
        started.passes = passesOfCells(cells);
        work.progress({ kind: 'start', ...describing, ...started });
      },
      compute: params.compute
        ? async (cells, computed, { yieldTurn, next }) => {
            const [first] = cells;
            if (first === undefined) return;
            scoring ??= (await import('../compute')).createScorer();
            const { checkpoint, chunk } = first;
            let through = 0;
            const values = await scoring({
              model,
              input,
              checkpoint,
              next: next?.[0]?.checkpoint,
              cells,
              chunk,
              target,
              seed,
              noise,
              signal: work.signal,
              yieldTurn,
              advance: (more) => count((through += more)),
            });
            done += passesOfGroup(cells).forward;
            count(0);
            await computed(cells, values);
          }
        : undefined,
    },
    work,
  );
  return {
    kind: 'all',
    ...describing,
    ...started,
    cost: passesOfCells(groups.flat()),
    classNames: [...run.manifest.dataset.classNames],
    images: images.map(({ image: { name, label } }) => ({ name, label })),
    unusable: requested.flatMap(({ shown }) => (shown.usable ? [] : [{ name: shown.name, problem: shown.problem }])),
    untrained: untrained?.epoch ?? null,
    points: collector.points(),
    missing: methods.flatMap((_, method) =>
      checkpoints.flatMap(({ epoch }) => (collector.has(method, epoch) ? [] : [{ method, epoch }])),
    ),
    ...(params.shard && { share: shareOf(share, missing, images.length * checkpoints.length) }),
    milliseconds: performance.now() - begin,
  };
};

/** Images at checkpoints. @param missing what was not kept before @param of of the whole request */
function shareOf(groups: readonly (readonly Cell[])[], missing: readonly Cell[], of: number) {
  const imagesOf = (all: readonly (readonly Cell[])[]): number =>
    all.reduce((sum, [cell]) => sum + (cell?.chunk.images.length ?? 0), 0);
  const found = new Set(missing);
  const done = imagesOf(groups);
  return { done, kept: done - imagesOf(groups.filter((cells) => cells.some((cell) => found.has(cell)))), of };
}

/** The run's, whether it is among those asked for or not. */
async function untrainedCheckpoint(
  run: Awaited<ReturnType<typeof openRun>>,
  asked: readonly HashedCheckpoint[],
): Promise<HashedCheckpoint | undefined> {
  const epochs = (await listCheckpoints(run.folder)).map(({ epoch }) => epoch);
  const epoch = untrainedEpoch(run.manifest, epochs);
  if (epoch === null) return undefined;
  const known = asked.find((checkpoint) => checkpoint.epoch === epoch);
  return known ?? (await hashCheckpoints(await selectCheckpoints(run, [epoch])))[0];
}

/** Each once, though several methods are held against the same. */
function subjectsOf(methods: readonly MethodSubjects[]) {
  const all = methods.flatMap(({ method, controls }) => [method, ...controls.map(({ subject }) => subject)]);
  return [...new Map(all.map((subject) => [subject.id, subject])).values()];
}

function passesOfCells(cells: readonly Cell[]): { forward: number; backward: number } {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const name = `${cell.checkpoint.epoch}:${cell.chunk.start}`;
    groups.set(name, [...(groups.get(name) ?? []), cell]);
  }
  const passes = { forward: 0, backward: 0 };
  for (const group of groups.values()) {
    const { forward, backward } = passesOfGroup(group);
    passes.forward += forward;
    passes.backward += backward;
  }
  return passes;
}

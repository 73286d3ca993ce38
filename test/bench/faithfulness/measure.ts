/** What a study of faithfulness takes beside its forward passes alone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../../src/common/folders';
import { createScorer } from '../../../src/computations/compute';
import { cellStore, chunksOf, type Cell } from '../../../src/computations/faithfulness/cells';
import { passesOfGroup } from '../../../src/computations/faithfulness/passes';
import { methodSubjects } from '../../../src/computations/faithfulness/subjects';
import { hashedImage } from '../../../src/computations/heatmaps/hashedImage';
import { drawSet } from '../../../src/datasets/synthetic';
import { chooseMethod } from '../../../src/explanations';
import { CONTROL_IDS, type ControlId } from '../../../src/measures/faithfulness/controls';
import { ROAD_NOISE } from '../../../src/measures/faithfulness/road/road';
import { DEFAULT_SCORES } from '../../../src/measures/faithfulness/scores';
import { inferenceBatchSize } from '../../../src/models/memory/inference';
import { createModel } from '../../../src/models/model';
import { requireTargetLayer } from '../../../src/models/targetLayer';
import { initialWeights } from '../../../src/models/weights';
import { checkpointPath, runPaths } from '../../../src/runs';
import { NORMALIZATIONS } from '../../../src/study';
import { hashCheckpoints } from '../../../src/weights/hashedCheckpoint';
import { saveCheckpoint, withoutSum } from '../../checkpointFiles';
import { prepare } from '../computing';

export interface FaithfulnessCost {
  /** "Grad-CAM alone" */
  readonly what: string;
  readonly passes: number;
  /** In turns. */
  readonly samples: readonly {
    /** Of all that is computed and kept. */
    readonly all: Time;
    /** Of so many forward passes alone. */
    readonly forward: Time;
  }[];
}

export interface Time {
  readonly seconds: number;
  /** Of all threads: on a machine that has other things to do, this says more. */
  readonly processorSeconds: number;
}

const [ARCHITECTURE, SIZE] = ['resnet20', 32] as const;
const VARIANTS: readonly { what: string; controls: readonly ControlId[] }[] = [
  { what: 'Grad-CAM alone', controls: [] },
  { what: 'with all controls', controls: CONTROL_IDS },
];
const WARM_UP_SECONDS = 3;

/** @param images at one checkpoint: a slow engine does with fewer */
export async function measureFaithfulness({
  rounds,
  images,
}: {
  rounds: number;
  images: number;
}): Promise<FaithfulnessCost[]> {
  const folder = await mkdtemp(join(tmpdir(), 'epochlens-bench-'));
  try {
    const score = await prepareScoring(folder, images);
    const forward = prepareForwards();
    const costs: FaithfulnessCost[] = [];
    for (const { what, controls } of VARIANTS) {
      const passes = score.passes(controls);
      const samples = [];
      await score.run(controls);
      for (let round = 0; round < rounds; round++) {
        samples.push({ forward: await timed(() => forward(passes)), all: await timed(() => score.run(controls)) });
      }
      costs.push({ what, passes, samples });
    }
    return costs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepareScoring(folder: string, count: number) {
  const model = createModel(ARCHITECTURE, SIZE, 10);
  const input = { inputSize: SIZE, ...NORMALIZATIONS.cifar10 };
  await makeFolder(runPaths(folder).checkpoints);
  const files = [0, 1].map((epoch) => withoutSum({ epoch, path: checkpointPath(folder, epoch) }));
  for (const { epoch, path } of files) await saveCheckpoint(path, model, initialWeights(model, epoch), {});
  const [untrained, checkpoint] = await hashCheckpoints(files);
  if (untrained === undefined || checkpoint === undefined) throw new Error('a checkpoint is missing');
  const { pixels } = drawSet('test', count, 1);
  const length = SIZE * SIZE * 3;
  const images = Array.from({ length: count }, (_, i) => {
    const ofImage = pixels.subarray(i * length, (i + 1) * length);
    return hashedImage({ name: `test:${i}`, height: SIZE, width: SIZE, pixels: ofImage, label: null });
  });
  const of = { folder, model, input, target: 'predicted', seed: 0, noise: ROAD_NOISE } as const;
  const explained = { model, method: chooseMethod('gradcam'), targetLayer: requireTargetLayer(model, 'auto') };
  const store = cellStore(of);
  const groupsOf = (controls: readonly ControlId[]): Cell[][] => {
    const { method, controls: subjects } = methodSubjects(explained, controls, untrained);
    return chunksOf(images).map((chunk): Cell[] => [
      { checkpoint, chunk, score: 'clean' },
      ...[method, ...subjects.map(({ subject }) => subject)].flatMap((subject) =>
        DEFAULT_SCORES.map((score) => ({ checkpoint, chunk, score, subject })),
      ),
    ]);
  };
  return {
    passes: (controls: readonly ControlId[]) =>
      groupsOf(controls).reduce((sum, cells) => sum + passesOfGroup(cells).forward, 0),
    async run(controls: readonly ControlId[]): Promise<void> {
      const scoring = createScorer();
      const goOn = (): Promise<void> => Promise.resolve();
      const steps = { signal: new AbortController().signal, yieldTurn: goOn, advance: () => undefined };
      for (const cells of groupsOf(controls)) {
        const values = await scoring({ ...of, ...steps, checkpoint, cells, chunk: (cells[0] as Cell).chunk });
        await Promise.all(cells.map((cell, at) => store.store(cell, values[at] as (typeof values)[number])));
      }
    },
  };
}

/** So many images, in batches as large as are scored. */
function prepareForwards(): (images: number) => void {
  const batchSize = inferenceBatchSize(createModel(ARCHITECTURE, SIZE, 10));
  const step = prepare({ work: 'forward', architecture: ARCHITECTURE, inputSize: SIZE, batchSize });
  const begin = performance.now();
  while (performance.now() - begin < 1000 * WARM_UP_SECONDS) step();
  return (images) => {
    for (let done = 0; done < images; done += batchSize) step();
  };
}

async function timed(work: () => void | Promise<void>): Promise<Time> {
  const begin = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - begin) / 1000, processorSeconds: (user + system) / 1e6 };
}

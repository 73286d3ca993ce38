/** What perturbing an image costs beside a forward pass of it. */
import type { ArchitectureName } from '../../../src/architectures';
import { drawSet } from '../../../src/datasets/synthetic';
import { inferenceBatchSize } from '../../../src/models/memory/inference';
import { createModel } from '../../../src/models/model';
import {
  costOf,
  KIND_NAMES,
  perturb,
  perturbationSchema,
  type Perturbation,
  type Picture,
} from '../../../src/perturbations';
import { CORRUPTION_NAMES } from '../../../src/perturbations/corruptions';
import { prepare } from '../computing';
import { median } from '../statistics';

export interface PerturbationCost {
  /** "gaussianNoise", "zoom_blur" … */
  readonly name: string;
  /** Null where there is none. */
  readonly severity: number | null;
  /** As it is declared. */
  readonly cost: 'light' | 'heavy';
  /** Of the thread that perturbs, an image of 32×32. */
  readonly milliseconds: number;
}

export interface PerturbationCosts {
  readonly forward: readonly { readonly architecture: ArchitectureName; readonly milliseconds: number }[];
  readonly perturbations: readonly PerturbationCost[];
}

const SIZE = 32;
const IMAGES = 64;
const SEVERITIES = [1, 2, 3, 4, 5];
const WARM_UP_ROUNDS = 3;
/** In which an engine has made its graph too. */
const WARM_UP_SECONDS = 3;

export function measurePerturbations({ rounds }: { readonly rounds: number }): PerturbationCosts {
  const { pixels } = drawSet('test', IMAGES, 1);
  const size = SIZE * SIZE * 3;
  const pictures = Array.from({ length: IMAGES }, (_, i): Picture => {
    return { height: SIZE, width: SIZE, pixels: pixels.subarray(i * size, (i + 1) * size) };
  });
  const forwards = (['resnet20', 'efficientnet_b0'] as const).map((architecture) => prepareForward(architecture));
  const entries = allEntries().map((item) => ({ ...item, samples: [] as number[] }));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const { step, samples, batchSize } of round < 0 ? [] : forwards) samples.push(timed(step) / batchSize);
    for (const { entry, samples } of entries) {
      const milliseconds = timed(() => pictures.forEach((picture, image) => perturb(picture, entry, { image, round })));
      if (round >= 0) samples.push(milliseconds / IMAGES);
    }
  }
  return {
    forward: forwards.map(({ architecture, samples }) => ({ architecture, milliseconds: median(samples) })),
    perturbations: entries.map(({ name, severity, entry, samples }) => ({
      name,
      severity,
      cost: costOf(entry),
      milliseconds: median(samples),
    })),
  };
}

function prepareForward(architecture: ArchitectureName) {
  const batchSize = inferenceBatchSize(createModel(architecture, SIZE, 10));
  const step = prepare({ work: 'forward', architecture, inputSize: SIZE, batchSize });
  for (const begin = performance.now(); performance.now() - begin < 1000 * WARM_UP_SECONDS;) step();
  return { architecture, step, batchSize, samples: [] as number[] };
}

function timed(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

/** Every kind at its default, and every corruption at every severity. */
function allEntries(): { name: string; severity: number | null; entry: Perturbation }[] {
  const kind = (name: string, entry: unknown) => ({ name, severity: null, entry: perturbationSchema.parse(entry) });
  return [
    ...KIND_NAMES.filter((name) => name !== 'corruption').map((name) => kind(name, { kind: name })),
    ...['mean', 'blur'].map((fill) => kind(`occlusion, ${fill}`, { kind: 'occlusion', fill })),
    ...CORRUPTION_NAMES.flatMap((name) =>
      SEVERITIES.map((severity) => {
        return { name, severity, entry: perturbationSchema.parse({ kind: 'corruption', name, severity }) };
      }),
    ),
  ];
}

import * as z from 'zod';
import {
  perturbationDefinition,
  perturbationSchema,
  perturbationText,
  perturbFrom,
  type Perturbation,
} from '../perturbations';
import { augmentationKind } from './augmentationKind';
import { rounded } from './rounded';

/** What says how a perturbation tests, and nothing of what it does to an image. */
const OF_TESTS = ['rounds', 'seed', 'images', 'expect'] as const;
type WithoutTests<T> = T extends unknown ? Omit<T, (typeof OF_TESTS)[number]> : never;
/** A perturbation as it is trained on. */
export type TrainedPerturbation = WithoutTests<Perturbation>;

/** So that a changed expectation makes no training stale. */
export function trainedPerturbation(perturbation: Perturbation): TrainedPerturbation {
  const left = Object.entries(perturbation).filter(([name]) => !(OF_TESTS as readonly string[]).includes(name));
  return Object.fromEntries(left) as TrainedPerturbation;
}

/** As tests have it: what tests alone read plays no part. */
function asPerturbation(trained: TrainedPerturbation): Perturbation {
  return { ...trained, rounds: 1, seed: 0 };
}

export const perturbations = augmentationKind({
  kind: 'perturbations',
  schema: z
    .strictObject({
      kind: z.literal('perturbations').meta({
        description: 'With a probability, one of the perturbations by which the study tests, drawn anew each time.',
      }),
      probability: z
        .number()
        .gt(0)
        .max(1)
        .default(0.5)
        .meta({ description: 'That an image is perturbed at all (½ in Rusak et al. 2020).', examples: [0.5] }),
      of: z
        .array(perturbationSchema.transform(trainedPerturbation))
        .min(1)
        .max(100)
        .exactOptional()
        .meta({
          description:
            'Which perturbations, each as likely. Their rounds, seed, images and expectations play no part: draws follow from training.seed.',
          absent: "the study's own perturbations, which are then part of what was trained",
          examples: [[{ kind: 'gaussianNoise', standardDeviation: 0.1 }]],
        }),
    })
    .meta({ title: 'Perturbations' }),
  description: 'with probability ½, one of the perturbations that the study tests by',
  cost: 'heavy',
  sources: ['rusak2020simple'],
  text: ({ probability, of = [] }) =>
    `perturbations ${probability} (${of.map((each) => perturbationText(asPerturbation(each))).join(', ')})`,
  define: ({ probability, of = [] }) =>
    `With probability ${probability} an image is perturbed by one of these, drawn uniformly each time, and rounded to whole grey levels; draws are other ones than those of the tests. ${of
      .map(asPerturbation)
      .map((each) => `${perturbationText(each)}: ${perturbationDefinition(each)}`)
      .join(' ')}`,
  apply(image, { probability, of = [] }, random) {
    if (random.uniform() >= probability) return image.pixels.slice();
    const drawn = of[random.integer(of.length)] as TrainedPerturbation;
    return rounded(perturbFrom(image, asPerturbation(drawn), random));
  },
});

/**
 * The kinds of perturbation, and what a study's perturbations do to an image. Needs no engine. A new kind is a file like
 * rotation.ts, listed in {@link PERTURBATION_KINDS}.
 */
import * as z from 'zod';
import { createRandom, type Random } from '../common/random';
import { corruption } from './corruptions';
import { gaussianNoise } from './gaussianNoise';
import type { DrawnParameters, Inverse, PerturbationKind, Size } from './perturbationKind';
import { occlusion } from './occlusion';
import type { Picture } from './picture';
import { rotation } from './rotation';
import type { SettingProblem } from './settings';
import { shear } from './shear';
import { translation } from './translation';

export type { DrawnParameters, Inverse } from './perturbationKind';
export type { Picture } from './picture';

/** In the order in which an editor offers them. */
const PERTURBATION_KINDS = [gaussianNoise, rotation, translation, shear, occlusion, corruption] as const;

const [firstSchema, ...otherSchemas] = PERTURBATION_KINDS.map(({ schema }) => schema);
/** An entry of a study's list of perturbations. */
export const perturbationSchema = z.discriminatedUnion('kind', [
  firstSchema as NonNullable<typeof firstSchema>,
  ...otherSchemas,
]);
export type Perturbation = z.output<typeof perturbationSchema>;
export type Expectation = NonNullable<Perturbation['expect']>;

/** "gaussianNoise, rotation, …" */
export const KIND_NAMES: readonly string[] = PERTURBATION_KINDS.map(({ kind }) => kind);

/** Those of the published study, for a study that names none. */
export const PUBLISHED_PERTURBATIONS: readonly Perturbation[] = [
  { kind: 'gaussianNoise', standardDeviation: 0.1 },
  { kind: 'rotation', degrees: [-30, 30] },
  { kind: 'occlusion', pixels: 20 },
].map((entry) => perturbationSchema.parse(entry));

type AnyKind = PerturbationKind<z.ZodType<Perturbation>>;
const BY_KIND: ReadonlyMap<string, AnyKind> = new Map(
  PERTURBATION_KINDS.map((declared) => [declared.kind, declared as AnyKind]),
);

function kindOf({ kind }: Perturbation): AnyKind {
  return BY_KIND.get(kind) as AnyKind;
}

/** What a perturbation does, in few words: "gaussianNoise 0.1", "rotation −30…30°", "glass_blur at severity 3". */
export function perturbationText(perturbation: Perturbation): string {
  return kindOf(perturbation).text(perturbation);
}

/** What exactly is done to an image, in sentences: unit, geometry, what stands at the edge. */
export function perturbationDefinition(perturbation: Perturbation): string {
  return kindOf(perturbation).define(perturbation);
}

/** Whether each round is another draw. */
export function isRandom(perturbation: Perturbation): boolean {
  return kindOf(perturbation).isRandom?.(perturbation) ?? true;
}

/** Whether perturbing an image is expensive. */
export function costOf(perturbation: Perturbation): PerturbationKind['cost'] {
  return kindOf(perturbation).cost;
}

/** What is done to a perturbed image's heatmap before it is compared, "turned back"; undefined where nothing is. */
export function undoText(perturbation: Perturbation): string | undefined {
  return kindOf(perturbation).undo?.text;
}

/** Settings of a perturbation that do not go together. */
export function settingProblems(perturbation: Perturbation): SettingProblem[] {
  const declared = kindOf(perturbation);
  const found = declared.problems?.(perturbation) ?? [];
  if (perturbation.rounds === 1 || isRandom(perturbation)) return found;
  return [
    ...found,
    {
      path: ['rounds'],
      summary: `${nameOf(perturbation)} draws nothing at random, so every round would be the same`,
      found: String(perturbation.rounds),
      expected: '1, or no "rounds"',
      fix: { title: 'Leave "rounds" out', value: undefined },
    },
  ];
}

/** Which draw of a perturbation it is. */
export interface Draw {
  /** The image's index in the test set; of any other image, what tells it apart. */
  readonly image: number | string;
  /** From 0. */
  readonly round: number;
}

/** All that is random follows from the perturbation's seed and name, the image and the round. */
function streamOf(perturbation: Perturbation, { image, round }: Draw): Random {
  return createRandom('perturbation', nameOf(perturbation), perturbation.seed, image, round);
}

function nameOf(perturbation: Perturbation): string {
  return kindOf(perturbation).nameOf?.(perturbation) ?? perturbation.kind;
}

/**
 * The pixels of the image as a round of a perturbation changes them. Every checkpoint sees the same pixels, and the order
 * of images plays no part.
 */
export function perturb(picture: Picture, perturbation: Perturbation, draw: Draw): Float32Array {
  return perturbFrom(picture, perturbation, streamOf(perturbation, draw));
}

/** The same with draws from another stream than that of the tests. */
export function perturbFrom(picture: Picture, perturbation: Perturbation, random: Random): Float32Array {
  const declared = kindOf(perturbation);
  return declared.apply(picture, perturbation, declared.draw(perturbation, random), random);
}

/** Of images of a size, [n, height, width, 3]. */
export interface PerturbedBatch {
  readonly pixels: Float32Array;
}

/** One round of neighbouring images of a set. @param clean [n, height, width, 3] @param start the first one's index */
export function perturbBatch(clean: Picture, start: number, perturbation: Perturbation, round: number): PerturbedBatch {
  const { height, width, pixels } = clean;
  const size = height * width * 3;
  const perturbed = new Float32Array(pixels.length);
  for (let i = 0; i * size < pixels.length; i++) {
    const picture = { height, width, pixels: pixels.subarray(i * size, (i + 1) * size) };
    perturbed.set(perturb(picture, perturbation, { image: start + i, round }), i * size);
  }
  return { pixels: perturbed };
}

/** What a round drew. */
export function drawnOf(perturbation: Perturbation, draw: Draw): DrawnParameters {
  const declared = kindOf(perturbation);
  if (declared.describe === undefined) return { text: '', parameters: {} };
  return declared.describe(declared.draw(perturbation, streamOf(perturbation, draw)), perturbation);
}

/** How a heatmap of a perturbed image is brought back over the clean one's; undefined where it lies there already. */
export function inverseOf(perturbation: Perturbation, draw: Draw, size: Size): Inverse | undefined {
  const declared = kindOf(perturbation);
  if (declared.undo === undefined) return undefined;
  return declared.undo.inverse(declared.draw(perturbation, streamOf(perturbation, draw)), perturbation, size);
}

/** What is known of sanity checks, as it comes. */
import type { Sanity, SanityProgress } from '../../../src/computations/sanity/schema';
import type { ClassSensitivityPoint, AgainstPoint, RandomisedPoint } from '../../../src/measures/sanity/numbers';

/** Of one method. */
export interface SanityOfMethod {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  /** By epoch. */
  readonly classSensitivity: readonly ClassSensitivityPoint[];
  /** From the head down. */
  readonly cascading: readonly RandomisedPoint[];
  readonly alone: readonly RandomisedPoint[];
  /** By epoch. */
  readonly against: readonly AgainstPoint[];
  /** In English; none before all is there. */
  readonly sentences: readonly string[];
}

export interface SanityAnswer {
  readonly methods: readonly SanityOfMethod[];
  /** Of how many images; undefined before the end. */
  readonly images: number | undefined;
  readonly unusable: Sanity['unusable'];
  readonly other: Sanity['against'];
}

/** @param names of the methods asked for, in their order */
export function takeSanity(
  answer: SanityAnswer | undefined,
  progress: SanityProgress,
  names: readonly { readonly id: string; readonly name: string }[],
): SanityAnswer | undefined {
  if (progress.kind === 'count') return answer;
  const methods = answer?.methods ?? names.map((method) => ({ ...NOTHING, ...method }));
  return {
    ...(answer ?? { images: undefined, unusable: [], other: null }),
    methods: methods.map((method, at) => (at === progress.method ? withPoint(method, progress) : method)),
  };
}

const NOTHING = { layer: '', classSensitivity: [], cascading: [], alone: [], against: [], sentences: [] };

function withPoint(method: SanityOfMethod, progress: Exclude<SanityProgress, { kind: 'count' }>): SanityOfMethod {
  switch (progress.kind) {
    case 'classSensitivity':
      return { ...method, classSensitivity: byEpoch(method.classSensitivity, progress.point) };
    case 'against':
      return { ...method, against: byEpoch(method.against, progress.point) };
    case 'randomisation': {
      const { order, point } = progress;
      return { ...method, [order]: [...method[order].filter(({ group }) => group !== point.group), point] };
    }
  }
}

function byEpoch<Point extends { readonly epoch: number }>(points: readonly Point[], point: Point): Point[] {
  return [...points.filter(({ epoch }) => epoch !== point.epoch), point].sort((a, b) => a.epoch - b.epoch);
}

export function finishSanity(
  _: SanityAnswer | undefined,
  { methods, images, missing, unusable, against }: Sanity,
): SanityAnswer {
  return {
    images,
    unusable,
    other: against,
    methods: methods.map(({ method, layer, classSensitivity, randomisation, against: points, sentences }) => ({
      id: method.id,
      name: method.name,
      layer: layer.name,
      classSensitivity: classSensitivity ?? [],
      cascading: randomisation?.cascading ?? [],
      alone: randomisation?.alone ?? [],
      against: points ?? [],
      // Of a part they would say too much.
      sentences: missing === 0 ? sentences : [],
    })),
  };
}

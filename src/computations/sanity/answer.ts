/** What has to be compared for a request, and the points that come of it. */
import type { AgainstPoint, ClassSensitivityPoint, RandomisedPoint } from '../../measures/sanity/numbers';
import { createResampler } from '../../statistics';
import { besideChance, meanOfDraw, type Compared } from '../../measures/sanity/points';
import { sanityTexts } from '../../measures/sanity/text';
import { describeExplanation } from '../heatmaps/mapsOf';
import type { Comparison } from './comparison';
import type { SanityPlan } from './plan';
import type { SanityMethod, SanityProgress } from './schema';

interface Answer {
  /** Each comparison once: those of one checkpoint, or of one re-drawing, of all methods together. */
  readonly groups: readonly (readonly Comparison[])[];
  /** Points are told of as soon as all that they are of is there. */
  take(comparison: Comparison, compared: Compared): void;
  /** Once all is there. */
  methods(): SanityMethod[];
}

/** A point, and the comparisons that it is the mean of. */
interface Wanted {
  readonly of: readonly Comparison[];
  readonly make: (compared: readonly Compared[]) => SanityProgress;
}

export function createAnswer(plan: SanityPlan, progress: (value: SanityProgress) => void): Answer {
  const found = new Map<Comparison, Compared>();
  const points: SanityProgress[] = [];
  const parts = plan.methods.map((_, method) => wantedOf(plan, method));
  let wanted = parts.flat();
  const all = parts.map((each) => [...new Set(each.flatMap(({ of }) => of))]);
  return {
    groups: (all[0] ?? []).map((_, at) => all.map((ofMethod) => ofMethod[at] as Comparison)),
    take(comparison, compared) {
      found.set(comparison, compared);
      const isThere = ({ of }: Wanted): boolean => of.every((each) => found.has(each));
      const ready = wanted.filter(isThere);
      wanted = wanted.filter((each) => !isThere(each));
      for (const { of, make } of ready) {
        const point = make(of.map((each) => found.get(each) as Compared));
        points.push(point);
        progress(point);
      }
    },
    methods: () => plan.methods.map((_, method) => methodOf(plan, method, points)),
  };
}

/** Of one method, in the order in which it is computed. */
function wantedOf(
  { methods, checkpoints, classSensitivity, against, randomisation, seed }: SanityPlan,
  method: number,
): Wanted[] {
  const of = methods[method] as SanityPlan['methods'][number];
  const resampler = createResampler(seed);
  const wanted: Wanted[] = [];
  for (const checkpoint of classSensitivity ? checkpoints : []) {
    wanted.push({
      of: [{ of, checkpoint, check: { kind: 'classSensitivity' } }],
      make: (compared) => ({
        kind: 'classSensitivity',
        method,
        point: { epoch: checkpoint.epoch, ...besideChance(compared, resampler) },
      }),
    });
  }
  for (const checkpoint of against === undefined ? [] : checkpoints) {
    const other = against?.checkpointAt(checkpoint.epoch) ?? checkpoint;
    wanted.push({
      of: [{ of, checkpoint, check: { kind: 'against', checkpoint: other } }],
      make: (compared) => ({
        kind: 'against',
        method,
        point: { epoch: checkpoint.epoch, otherEpoch: other.epoch, ...besideChance(compared, resampler) },
      }),
    });
  }
  if (randomisation === undefined) return wanted;
  const { checkpoint, draws, redrawings } = randomisation;
  // The head alone is the beginning of the cascade.
  const comparisons = new Map<string, Comparison[]>();
  for (const { order, group, groups } of redrawings) {
    const drawn =
      comparisons.get(groups.join()) ??
      Array.from({ length: draws }, (_, draw): Comparison => {
        return { of, checkpoint, check: { kind: 'randomisation', groups, draw } };
      });
    comparisons.set(groups.join(), drawn);
    wanted.push({
      of: drawn,
      make: (compared) => {
        const point = {
          group,
          groups: [...groups],
          ...besideChance(compared, resampler),
          draws: compared.map(meanOfDraw),
        };
        return { kind: 'randomisation', method, order, point };
      },
    });
  }
  return wanted;
}

function methodOf(plan: SanityPlan, method: number, points: readonly SanityProgress[]): SanityMethod {
  const of = plan.methods[method] as SanityPlan['methods'][number];
  const ofMethod = points.filter((each) => each.kind !== 'count' && each.method === method);
  const byEpoch = <P extends ClassSensitivityPoint | AgainstPoint>(found: readonly P[]): P[] =>
    [...found].sort((a, b) => a.epoch - b.epoch);
  const classSensitivity = byEpoch(ofMethod.flatMap((each) => (each.kind === 'classSensitivity' ? [each.point] : [])));
  const against = byEpoch(ofMethod.flatMap((each) => (each.kind === 'against' ? [each.point] : [])));
  const answer = {
    ...describeExplanation(of),
    parameters: { ...of.method.parameters },
    classSensitivity: plan.classSensitivity ? classSensitivity : null,
    randomisation: plan.randomisation === undefined ? null : randomisationOf(plan, plan.randomisation, ofMethod),
    against: plan.against === undefined ? null : against,
  };
  return { ...answer, sentences: sanityTexts(answer, otherOf(plan)) };
}

function randomisationOf(
  { seed }: SanityPlan,
  { checkpoint, draws, redrawings, training }: NonNullable<SanityPlan['randomisation']>,
  points: readonly SanityProgress[],
): SanityMethod['randomisation'] {
  const inOrder = (order: 'cascading' | 'alone'): RandomisedPoint[] =>
    redrawings
      .filter((each) => each.order === order)
      .flatMap(({ group }) =>
        points.flatMap((each) =>
          each.kind === 'randomisation' && each.order === order && each.point.group === group ? [each.point] : [],
        ),
      );
  return {
    epoch: checkpoint.epoch,
    seed,
    draws,
    trainingImages: training.set.count,
    cascading: inOrder('cascading'),
    alone: inOrder('alone'),
  };
}

/** Null where the run is compared with no other. */
export function otherOf({ against }: Pick<SanityPlan, 'against'>) {
  if (against === undefined) return null;
  const { id, study } = against.run;
  return { run: id, labels: study.training.labels ?? 'true' };
}

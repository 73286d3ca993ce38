/** Whether heatmaps follow from the model: class sensitivity, randomised weights, and another run beside. */
import { methodKey } from '../../explanations';
import type { Compared } from '../../measures/sanity/points';
import { sanityResults, whileUsing, type SanityInputs } from '../../runs';
import type { Computation, Work } from '../computation';
import { hashInOrder, hashedImage, type HashedImage } from '../heatmaps/hashedImage';
import { loadRequested } from '../images/requested';
import { keptOrComputed, type ResultStore, type Wanted } from '../keptOrComputed';
import { aboutNow } from '../madeBy';
import { createAnswer, otherOf } from './answer';
import type { Comparer } from './compare';
import { mapsEach, type Comparison } from './comparison';
import { planSanity, type RandomisationPlan, type SanityPlan } from './plan';
import { firstChanged } from './redraw';
import type { SanityProgress, sanityRequest } from './schema';

export const sanity: Computation<typeof sanityRequest> = async (params, work) => {
  const plan = await planSanity(params);
  const requested = await loadRequested(plan.run, params.images, work);
  const images = requested.flatMap(({ image }) => (image === undefined ? [] : [hashedImage(image)]));
  const answer = createAnswer(plan, work.progress);
  const compare = () => compareAll(plan, images, answer, params.compute !== false, work);
  const missing = await (plan.against === undefined ? compare() : whileUsing(plan.against.run.folder, compare));
  return {
    methods: answer.methods(),
    images: images.length,
    missing,
    unusable: requested.flatMap(({ shown }) => (shown.usable ? [] : [{ name: shown.name, problem: shown.problem }])),
    against: otherOf(plan),
  };
};

/** @returns how many heatmaps are not there */
async function compareAll(
  plan: SanityPlan,
  images: readonly HashedImage[],
  answer: ReturnType<typeof createAnswer>,
  computes: boolean,
  work: Work<SanityProgress>,
): Promise<number> {
  const costOf = (each: Comparison): number => mapsEach(each) * images.length;
  let of: number | undefined;
  let done = 0;
  const advance = (more: number): void => {
    if (of !== undefined) work.progress({ kind: 'count', done: (done += more), of });
  };
  let comparer: Comparer | undefined;
  const compute: Wanted<Comparison, Compared>['compute'] = async (all, computed, { yieldTurn, next }) => {
    const { createComparer } = await import('./compare');
    comparer ??= createComparer({ images, seed: plan.seed, training: plan.randomisation?.training.set });
    const steps = { signal: work.signal, yieldTurn, advance };
    for (const each of all) await computed([each], [await comparer.compare(each, steps, next?.[0]?.checkpoint)]);
  };
  try {
    const { missing } = await keptOrComputed<Comparison, Compared>(
      {
        groups: answer.groups,
        store: storeOf(plan, images),
        priority: 'later',
        take: (all, values, state) =>
          all.forEach((each, at) => {
            answer.take(each, values[at] as Compared);
            if (state === 'kept') advance(costOf(each));
          }),
        onMissing: (all) => {
          of = all.reduce((sum, each) => sum + costOf(each), 0);
        },
        compute: computes ? compute : undefined,
      },
      work,
    );
    return missing.reduce((sum, each) => sum + costOf(each), 0);
  } finally {
    comparer?.dispose();
  }
}

function storeOf(plan: SanityPlan, images: readonly HashedImage[]): ResultStore<Comparison, Compared> {
  const { folder } = plan.run;
  const hash = hashInOrder(images);
  const inputsOf = ({ of, checkpoint, check }: Comparison): SanityInputs => ({
    architecture: of.model.id,
    explanation: methodKey(of.method),
    layer: of.targetLayer.name,
    input: of.input,
    checkpoint: checkpoint.hash,
    images: hash,
    seed: plan.seed,
    check: checkInputs(plan, of.model, check),
  });
  const about = { images: images.map(({ image }) => image.name) };
  return {
    load: (all) => Promise.all(all.map((each) => sanityResults.load(folder, inputsOf(each)))),
    store: (each, value) => sanityResults.store(folder, inputsOf(each), value, { ...aboutNow(), ...about }),
  };
}

function checkInputs(
  { randomisation }: SanityPlan,
  model: Comparison['of']['model'],
  check: Comparison['check'],
): SanityInputs['check'] {
  switch (check.kind) {
    case 'classSensitivity':
      return check;
    case 'against':
      return { kind: check.kind, checkpoint: check.checkpoint.hash };
    case 'randomisation': {
      // Behind the head of most networks there is no batch norm.
      const isNormalised = firstChanged(model, check.groups) < model.statistics.length;
      const { set, hash } = (randomisation as RandomisationPlan).training;
      const trainingImages = isNormalised ? { count: set.count, hash } : null;
      return { ...check, groups: [...check.groups], trainingImages };
    }
  }
}

/** What a request for sanity checks is of: checked as a whole before anything is computed. */
import { InputError } from '../../common/errors';
import { openRun, selectCheckpoints, type Run } from '../../runs';
import { modelOf } from '../../weights/fromStudy';
import { hashCheckpoints, type HashedCheckpoint } from '../../weights/hashedCheckpoint';
import { TRAINING_IMAGES, type ParamsOfSanity } from './schema';
import { mapsOf, type MapsOf } from '../heatmaps/mapsOf';
import { openOtherRun, type OtherRun } from './otherRun';
import { redrawings, type Redrawing } from './redraw';
import { drawTrainingImages, type TrainingImages } from './trainingImages';

const DRAWS = 3;

export interface SanityPlan {
  readonly run: Run;
  readonly seed: number;
  /** In the order of the request. */
  readonly methods: readonly MapsOf[];
  /** By epoch. */
  readonly checkpoints: readonly HashedCheckpoint[];
  readonly classSensitivity: boolean;
  readonly randomisation: RandomisationPlan | undefined;
  readonly against: OtherRun | undefined;
}

export interface RandomisationPlan {
  readonly checkpoint: HashedCheckpoint;
  readonly draws: number;
  readonly redrawings: readonly Redrawing[];
  readonly training: TrainingImages;
}

/** @throws InputError that says what could be chosen */
export async function planSanity(params: ParamsOfSanity): Promise<SanityPlan> {
  const { seed = 0, against } = params;
  const run = await openRun(params.run);
  const checks = params.checks ?? ['classSensitivity', 'randomisation', ...(against === undefined ? [] : ['against'])];
  if (checks.includes('against') && against === undefined)
    throw new InputError('a comparison with another run, and no other run', {
      place: 'against',
      expected: 'its folder',
    });
  const methods: MapsOf[] = [];
  for (const asked of params.methods) methods.push(await mapsOf(run, { ...asked, layer: params.layer }));
  const found = await selectCheckpoints(run, [...new Set(params.epochs)]);
  const checkpoints = await hashCheckpoints([...found].sort((a, b) => a.epoch - b.epoch));
  const epochs = checkpoints.map(({ epoch }) => epoch);
  const isRandomised = checks.includes('randomisation');
  return {
    run,
    seed,
    methods,
    checkpoints,
    classSensitivity: checks.includes('classSensitivity'),
    randomisation: isRandomised ? await planRandomisation(run, params, epochs.at(-1) ?? 0, seed) : undefined,
    against: against !== undefined && checks.includes('against') ? await openOtherRun(run, against, epochs) : undefined,
  };
}

async function planRandomisation(
  run: Run,
  { randomisation = {} }: ParamsOfSanity,
  last: number,
  seed: number,
): Promise<RandomisationPlan> {
  const { epoch = last, draws = DRAWS, trainingImages = TRAINING_IMAGES } = randomisation;
  const [checkpoint] = await hashCheckpoints(await selectCheckpoints(run, [epoch]));
  return {
    checkpoint: checkpoint as HashedCheckpoint,
    draws,
    redrawings: redrawings(modelOf(run)),
    training: await drawTrainingImages(run, trainingImages, seed),
  };
}

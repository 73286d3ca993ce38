/** How well confidence matches accuracy at a run's checkpoints: logits are kept, and measured beside the engine's thread. */
import { InputError } from '../../common/errors';
import type { InputSettings } from '../../models/input';
import type { Model } from '../../models/model';
import { calibrationResults, calibrationValue, loadLogits, openRun, storeLogits } from '../../runs';
import { inputOf, modelOf } from '../../weights/fromStudy';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import { checkpointsOf } from '../checkpoints';
import type { createPredictor } from '../compute';
import type { Computation, Work } from '../computation';
import { withSet } from '../images/sets';
import { keptOrComputed, type ResultStore, type Wanted } from '../keptOrComputed';
import { aboutNow, aboutBatchesNow } from '../madeBy';
import { choosePerturbations, describePerturbations } from '../robustness/chosenPerturbations';
import { hashImages } from '../robustness/testImages';
import { createCollector, type KeepScores } from './collect';
import type { ImagesToPredict } from './logits';
import { planCalibration } from './plan';
import type { CalibrationProgress, calibrationRequest } from './schema';
import { validationImages } from './validationImages';

/** Images at a checkpoint. */
interface Item {
  readonly checkpoint: HashedCheckpoint;
  readonly images: ImagesToPredict;
}

interface Network {
  readonly model: Model;
  readonly input: InputSettings;
}

export const calibration: Computation<typeof calibrationRequest> = async (params, work) => {
  const begin = performance.now();
  const run = await openRun(params.run);
  const network = { model: modelOf(run), input: inputOf(run.study) };
  const meant = await choosePerturbations(run, params.entries);
  const checkpoints = await checkpointsOf(run, params.epochs);
  return withSet(run, 'test', async ({ set }) => {
    if (set.count === 0) throw new InputError('the data set has no test images', { expected: 'at least one' });
    const plan = planCalibration(meant, set, await validationImages(run), params.images);
    work.progress({ kind: 'start', images: plan.test.count, entries: describePerturbations(meant) });
    const collector = createCollector(
      plan,
      network.model.classes,
      params.compute ? keeperOf(run.folder, network, plan.test) : undefined,
      work,
    );
    const { compute, advance, plans } = computing(network, checkpoints.length > 1, work);
    const { missing } = await keptOrComputed<Item, Float32Array>(
      {
        groups: checkpoints.map((checkpoint) => plan.all.map((images) => ({ checkpoint, images }))),
        store: storeOf(run.folder, network),
        priority: 'later',
        take(items, logits, state) {
          items.forEach(({ checkpoint, images }, at) => {
            if (state === 'kept') advance(images.count);
            collector.put(checkpoint, images, logits[at] as Float32Array, state);
          });
        },
        onMissing: plans,
        compute: params.compute ? compute : undefined,
      },
      work,
    );
    const counts = await collector.done();
    const epochs = new Set(missing.map(({ checkpoint }) => checkpoint.epoch));
    return { ...counts, missing: [...epochs], milliseconds: performance.now() - begin };
  });
};

function storeOf(folder: string, { model, input }: Network): ResultStore<Item, Float32Array> {
  const { id: architecture, classes } = model;
  const inputsOf = ({ checkpoint, images: { set, count, draw } }: Item) => ({
    architecture,
    input,
    checkpoint: checkpoint.hash,
    images: hashImages(set, count),
    draw: draw && { perturbation: draw.entry, round: draw.round },
  });
  return {
    load: (items) => Promise.all(items.map((item) => loadLogits(folder, inputsOf(item), item.images.count * classes))),
    store: (item, logits) => storeLogits(folder, inputsOf(item), logits, aboutBatchesNow(model)),
  };
}

/** Keeps scores that are not kept yet: what calibration reads again it does not write again. */
function keeperOf(folder: string, { model, input }: Network, test: ImagesToPredict): KeepScores {
  const images = hashImages(test.set, test.count);
  return async ({ hash, epoch }, { scores }) => {
    const inputs = { architecture: model.id, input, checkpoint: hash, images };
    if ((await calibrationResults.load(folder, inputs)) === undefined)
      await calibrationResults.store(folder, inputs, calibrationValue(epoch, scores), aboutNow());
  };
}

/** How missing logits are computed, and how far that is: progress counts images. */
function computing(network: Network, severalCheckpoints: boolean, { signal, progress }: Work<CalibrationProgress>) {
  let of: number | undefined;
  let done = 0;
  const advance = (images: number): void => {
    if (of === undefined) return;
    done += images;
    progress({ kind: 'count', done, of });
  };
  let predictor: ReturnType<typeof createPredictor> | undefined;
  const compute: Wanted<Item, Float32Array>['compute'] = async (items, computed, { yieldTurn, next }) => {
    const { createPredictor } = await import('../compute');
    predictor ??= createPredictor({ ...network, severalCheckpoints });
    for (const item of items) {
      const steps = { signal, yieldTurn, advance };
      await computed([item], [await predictor(item.checkpoint, item.images, steps, next?.[0]?.checkpoint)]);
    }
  };
  return {
    compute,
    advance,
    /** What has to be computed. */
    plans: (items: readonly Item[]): void => {
      of = items.reduce((sum, { images }) => sum + images.count, 0);
    },
  };
}

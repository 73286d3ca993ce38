/** The epochs of a training, one after the other: train, measure, keep. */
import {
  dropMetricsAfter,
  dropStepsAfter,
  dropUnkept,
  readMetrics,
  type EpochMetrics,
  type KeepRule,
  type Run,
  type RunLock,
} from '../runs';
import { CancelledError, isReportedError } from '../common/errors';
import type { Dataset, ImageSource, TrainingSets } from '../datasets';
import { inputOf } from '../weights/fromStudy';
import { disposeWeights } from '../models/forward';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { checkBatchSize } from './batches';
import { checkEvaluationLoss, checkTrainedNumbers } from './divergence';
import { trainEpoch, type EpochResult } from './epoch';
import { evaluate, type Evaluation } from '../models/evaluate';
import { labelledSet } from './labels';
import { storeEpoch } from './storeEpoch';
import { createClock, type StatusWriter, type StoppedAt, type TrainingEvent } from './progress';
import type { ResumeOptions, ResumePoint } from './resumePoint';
import { attackedAccuracy, refuseOverfitted, type AttackedAccuracy } from './overfitting';
import { recipeOf } from './recipe';
import { learningRateAt } from './schedule';
import { createStepLog } from './stepLog';
import { keepStopped, type WithinEpoch } from './stopped';
import { createTrainer } from './trainer';

export interface Training extends ResumeOptions {
  readonly run: Run;
  /** The run folder's lock, which the caller holds and releases. */
  readonly lock: Pick<RunLock, 'assertHeld'>;
  readonly model: Model;
  readonly dataset: Dataset;
  /** Where a new training starts from; one that is gone on with does not ask. */
  readonly initialWeights: () => Promise<Weights>;
  /** Whose checkpoints stay; all where absent. */
  readonly keepRule?: KeepRule | undefined;
  /** Awaited before the first step, where there is one left. @param fromEpoch the epoch of that step */
  readonly onBegin?: ((fromEpoch: number) => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: TrainingEvent) => void) | undefined;
}

/** Who is told how far a training is. */
export interface TrainingWatcher {
  readonly status: StatusWriter;
  readonly tell: (event: TrainingEvent) => void;
  /** Where it goes on another time, once that is on the disk. */
  readonly stopped: (at: StoppedAt) => void;
}

/**
 * Yields each epoch once everything of it is on disk.
 * @throws CancelledError once all that a stop within an epoch needs to go on is on disk, too
 */
export async function* trainEpochs(
  training: Training,
  { train: trainSet, validation: validationSet }: TrainingSets,
  resumed: ResumePoint | undefined,
  { status, tell, stopped }: TrainingWatcher,
): AsyncGenerator<number> {
  const { run, lock, model, dataset, initialWeights, signal } = training;
  const settings = run.study.training;
  const inOneStep = settings.adversarial?.kind === 'fgsm';
  /** What of earlier epochs is needed to notice that a later one has failed. */
  const watched: EpochMetrics[] =
    resumed === undefined ? [] : (await readMetrics(run.folder)).filter(({ epoch }) => epoch <= resumed.epoch);
  if (inOneStep) refuseOverfitted(watched);
  if (resumed !== undefined && resumed.epoch >= settings.epochs) return;
  const sizes = { batchSize: settings.batchSize, microBatchSize: run.manifest.microBatch?.size };
  // Parts that a run keeps may be an older program's, or a person's.
  checkBatchSize(model, trainSet.count, sizes);
  const input = inputOf(run.study);
  const trained = labelledSet(trainSet, settings);
  const clock = createClock();
  const recipe = recipeOf(settings, input);
  const trainer =
    resumed === undefined
      ? createTrainer(model, await initialWeights(), { recipe })
      : createTrainer(
          model,
          { ...resumed.weights, ...resumed.optimizer?.unaveraged },
          {
            recipe,
            velocity: resumed.optimizer?.velocity,
            // They begin with the training's first step.
            averages: resumed.epoch === 0 && resumed.within === undefined ? undefined : resumed.weights,
          },
        );
  /** How far the epoch is that is being trained, or was trained and is not stored yet. */
  let within: Omit<WithinEpoch, 'logged'> | undefined = resumed?.within;
  // What was trained later is trained anew, and its lines written again.
  if (resumed !== undefined) await dropMetricsAfter(run.folder, resumed.epoch);
  await dropStepsAfter(run.folder, resumed?.epoch ?? 0, within?.step);
  const stepLog = createStepLog(run.folder, settings.epochs, { begun: resumed?.within?.logged });

  async function measure(set: ImageSource, epoch: number): Promise<Evaluation> {
    const started = clock.now();
    const weights = trainer.weights();
    try {
      return await evaluate(model, weights, set, input, {
        signal,
        progress: (done, of) => tell({ event: 'evaluating', epoch, done, of }),
        heartbeat: () => status.heartbeat(),
      });
    } finally {
      disposeWeights(weights);
      clock.evaluated(clock.now() - started);
    }
  }

  /** Of a training that is adversarial: what the checkpoint is under attack. */
  async function measureAttacked(): Promise<AttackedAccuracy | undefined> {
    if (recipe.attack === undefined) return undefined;
    const started = clock.now();
    const weights = trainer.weights();
    try {
      return await attackedAccuracy(model, weights, validationSet ?? dataset.test, recipe.attack, signal);
    } finally {
      disposeWeights(weights);
      clock.evaluated(clock.now() - started);
    }
  }

  /** Why checkpoints stay that are not to be kept: said once, though it holds for every later epoch. */
  let said: string | undefined;

  async function keep(epoch: number, train: Evaluation | EpochResult, learningRate: number, seconds: number) {
    clock.evaluates();
    const validation = validationSet && (await measure(validationSet, epoch));
    const test = await measure(dataset.test, epoch);
    const attacked = await measureAttacked();
    // A process that was suspended for long may have been taken for dead, and its folder be another's by now.
    await lock.assertHeld();
    const numbers = trainer.read();
    // The last step's damage shows here first: such a checkpoint could be neither looked at nor resumed from.
    if (epoch > 0) {
      checkEvaluationLoss(test.loss, { epoch, at: 'evaluation', learningRate });
      checkTrainedNumbers(numbers, { epoch, at: 'after its last step', learningRate });
    }
    const metrics = {
      epoch,
      trainLoss: train.loss,
      trainAccuracy: train.accuracy,
      testLoss: test.loss,
      testAccuracy: test.accuracy,
      testImages: test.of,
      learningRate,
      seconds,
      imagesPerSecond: trainSet.count / seconds,
      ...(validation && {
        validationLoss: validation.loss,
        validationAccuracy: validation.accuracy,
        validationImages: validation.of,
      }),
      ...attacked,
    };
    await storeEpoch(run.folder, model, input, numbers, metrics);
    const undeleted = await dropUnkept(run.folder, training.keepRule ?? { all: true });
    if (undeleted !== undefined && undeleted !== said) tell({ event: 'notice', text: undeleted });
    said = undeleted ?? said;
    tell({ event: 'epoch', ...metrics });
    watched.push(metrics);
  }

  /** Where that cannot be kept, the training goes on after the newest whole epoch, as if it had been killed. */
  async function keepStep(at: Omit<WithinEpoch, 'logged'>): Promise<void> {
    const { epoch, step, steps: of, learningRate } = { ...at, learningRate: learningRateAt(at.epoch, settings) };
    try {
      await lock.assertHeld();
      const numbers = trainer.read();
      checkTrainedNumbers(numbers, { epoch, at: `step ${step}`, learningRate });
      await keepStopped(run, { ...at, logged: await stepLog.flush() }, numbers);
      stopped({ epoch, step, of });
    } catch (error) {
      if (!isReportedError(error)) throw error;
      tell({ event: 'notice', text: `The steps of epoch ${epoch} are not kept: ${error.message}` });
    }
  }

  try {
    if (resumed === undefined) {
      const started = clock.now();
      const before = await measure(trained, 0);
      await keep(0, before, 0, clock.now() - started);
      yield 0;
    }
    for (let epoch = (resumed?.epoch ?? 0) + 1; epoch <= settings.epochs; epoch++) {
      const begun = within;
      const started = clock.now();
      const secondsSoFar = (): number => (begun?.seconds ?? 0) + clock.now() - started;
      const hyper = { ...settings, learningRate: learningRateAt(epoch, settings) };
      const draw = { seed: settings.seed, epoch, augmentation: settings.augmentation };
      const plan = { set: trained, input, draw, ...sizes, hyper, from: begun, recipe };
      const result = await trainEpoch(trainer, plan, {
        signal,
        onStep: async (soFar) => {
          const { step, steps: stepsPerEpoch, images } = soFar;
          within = { epoch, ...soFar, seconds: secondsSoFar() };
          await stepLog.step(epoch, soFar, hyper.learningRate, within.seconds);
          const imagesPerSecond = clock.imagesPerSecond(images - (begun?.images ?? 0), clock.now() - started);
          const epochsLeft = settings.epochs - epoch + 1;
          const imagesLeft = epochsLeft * trainSet.count - images;
          const secondsLeft = clock.secondsLeft(imagesLeft, epochsLeft, imagesPerSecond);
          const progress = { epoch, epochs: settings.epochs, step, stepsPerEpoch, imagesPerSecond, secondsLeft };
          await status.progress(progress);
          tell({ event: 'progress', ...progress });
        },
      });
      const seconds = secondsSoFar();
      clock.trained(result.images - (begun?.images ?? 0), clock.now() - started);
      await keep(epoch, result, hyper.learningRate, seconds);
      within = undefined;
      yield epoch;
      if (inOneStep) refuseOverfitted(watched);
    }
  } catch (error) {
    if (error instanceof CancelledError && within !== undefined) await keepStep(within);
    throw error;
  } finally {
    trainer.dispose();
  }
}

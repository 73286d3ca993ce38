/** A whole training into a run folder, in this process. */
import { resolve } from 'node:path';
import packageJson from '../../../package.json';
import { CancelledError } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import type { Engine, EngineChoice } from '../../engine/engine';
import { loadDataset, trainedCount, type Dataset } from '../../datasets';
import { assertSameData, describeDataset } from '../../datasets/runData';
import { createModel } from '../../models/model';
import { initialWeightsOf } from '../../weights/fromStudy';
import { freeMemory } from '../../engine/memory/free';
import { planMicroBatch, tightMemoryText } from '../../training/microBatch';
import { checkBatchSize } from '../../training/batches';
import { train } from '../../training/train';
import { createRun, keepRuleOf, lockRun, newRunFolder, type Announcement, type MicroBatch, type Run } from '../../runs';
import type { TrainingEvent } from '../../training/progress';
import { graphBytesOf } from '../../networks';
import { networkOf, refuseUntrainable, type Cell, type LocatedStudy } from '../../study';
import { permutedLabelsText, recipeSentences } from '../../study';
import { announceAgreed } from './another';
import { engineToGoOn, type EngineToGoOn } from './engineToGoOn';
import type { StartEngine } from '../computing';
import { checkLogging, trainingLog } from './logging';
import type { Output } from '../printing/output';
import { showDataProgress, showDownload, showTrainingEvent } from '../printing/progress';
import { runToResume } from './runToResume';

export interface TrainOptions {
  /** The run folder that a person names. */
  readonly run?: string;
  readonly resume?: boolean;
  readonly resetOptimizer?: boolean;
  readonly another?: boolean;
  readonly download?: boolean;
  readonly start: StartEngine;
  /** What `start` starts; 'auto' where absent. */
  readonly engine?: EngineChoice;
  /** Whether it is one of several models of a study. */
  readonly several?: boolean;
  /** Of a sweep that it is. */
  readonly cell?: Cell | undefined;
}

/** Trains unless that is being done already and nobody wants it twice, and lets others see it from the beginning. */
export async function trainStudy(
  located: LocatedStudy,
  options: TrainOptions,
  output: Output,
  signal: AbortSignal,
): Promise<Run> {
  const existing = options.resume === true ? await runToResume(located, options) : undefined;
  const folder = existing?.folder ?? resolve(options.run ?? (await newRunFolder(located)));
  const announcement = await announceAgreed(located, { ...options, folder }, output, signal);
  try {
    return await trainInto(folder, existing, { ...options, located, announcement }, output, signal);
  } finally {
    await announcement.withdraw();
  }
}

interface Place {
  readonly located: LocatedStudy;
  readonly announcement: Announcement;
}

/** Checks everything there is to check before the run is made. */
async function trainInto(
  folder: string,
  existing: Run | undefined,
  { located, announcement, ...options }: TrainOptions & Place,
  output: Output,
  signal: AbortSignal,
): Promise<Run> {
  const study = existing?.study ?? located.study;
  const { cell } = options;
  checkLogging(located.logging);
  await refuseUntrainable(located);
  const dataset = await loadDataset(study.dataset, {
    studyFolder: located.folder,
    signal,
    progress: showDataProgress(output),
    mayDownload: options.download ?? false,
  });
  const network = existing?.network ?? (await networkOf(study.model, located.folder));
  const model = createModel(network, study.model.inputSize, dataset.classNames.length);
  for (const note of network.file?.graph.notes ?? []) output.log(note);
  // Of a new training's weights everything is checked, and fetched, before its run is made.
  const weightsOf = () =>
    initialWeightsOf(study, located.folder, model, {
      signal,
      progress: showDownload(output),
      say: (text) => output.log(text),
    });
  const fresh = existing === undefined ? await weightsOf() : undefined;
  const initialWeights = () => (fresh === undefined ? weightsOf() : Promise.resolve(fresh));
  const count = trainedCount(dataset.train.count, study.dataset);
  checkBatchSize(model, count, study.training);
  output.log(`Data: ${dataset.description}`);
  if (study.training.labels === 'permuted') output.log(`Labels: ${permutedLabelsText(study.training.seed)}`);
  for (const sentence of recipeSentences(study.training)) output.log(`Recipe: ${sentence}`);
  const lock = await lockRun(folder);
  try {
    const graph = existing === undefined && network.file ? await graphBytesOf(network.file) : undefined;
    const { start, engine: choice = 'auto' } = options;
    const { engine, onBegin }: EngineToGoOn =
      existing === undefined ? { engine: await start() } : await engineToGoOn(existing, { choice, start }, output);
    const { training } = study;
    const plan = { engine: engine.name, model, free: freeMemory(engine), training, count };
    const run =
      existing ??
      (await createRun({ folder, located, cell, graph, ...runContext(dataset, engine, planMicroBatch(plan)) }));
    if (existing !== undefined) assertSameData(existing, dataset);
    const tight = tightMemoryText(plan, run.manifest.microBatch);
    if (tight !== undefined) output.log(tight);
    const { resetOptimizer } = options;
    const show = showTrainingEvent(output);
    const log = trainingLog(run, located.logging, output);
    const onEvent = (event: TrainingEvent): void => {
      // From here on status.json says it.
      void announcement.withdraw();
      show(event);
      log.event(event);
    };
    // The study file's as it is now: of a resumed run it may be another than at its beginning.
    const keepRule = keepRuleOf(located.study.training.keepCheckpoints);
    try {
      await train({ run, lock, model, dataset, initialWeights, resetOptimizer, keepRule, onBegin, signal, onEvent });
    } finally {
      await log.end();
    }
    return run;
  } catch (error) {
    if (error instanceof CancelledError)
      output.log(
        `Cancelled. Go on with:  epochlens train ${shellWord(located.path)}${cell === undefined ? '' : ` --cell ${cell.id.slice(0, 12)}`}${options.several === true ? '' : ` --run ${shellWord(folder)}`} --resume`,
      );
    throw error;
  } finally {
    await lock.release();
  }
}

function runContext(dataset: Dataset, { name, version, device }: Engine, microBatch: MicroBatch | undefined) {
  return {
    dataset: describeDataset(dataset),
    engine: { name, version, device },
    ...(microBatch === undefined ? {} : { microBatch }),
    versions: { epochlens: packageJson.version, node: process.versions.node },
  };
}

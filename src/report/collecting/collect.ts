/** Everything that a report shows of a run: what is kept, and what has to be computed for it. */
import { counted } from '../../common/counted';
import { studyImages } from '../../computations/images/images';
import type { ImageReference } from '../../protocol/engine';
import { checkpointsOf } from '../../computations/checkpoints';
import type { RunContent } from '../content';
import {
  checkpointName,
  currentStudy,
  listCheckpoints,
  readAbout,
  runWarnings,
  selectCheckpoints,
  type Run,
} from '../../runs';
import type { Study } from '../../study';
import { loadRunData } from '../../datasets/runData';
import { collectAccuracies } from './accuracies';
import { keptHeatmaps } from './keptHeatmaps';
import { placeFromStudy } from '../missing';
import { collectMissing } from './missing';
import { createAsk, NotComputedError, part, refuseToStart, type CollectOptions, type ReportProgress } from './request';
import { collectDrift, collectHeatmaps, SHOWN_IMAGES } from './heatmaps';
import { collectMisclassified } from './misclassified';
import { collectStudies } from './studies';
import type { ReportStudy } from '../studies';
import { collectPerturbed, collectRobustness } from './robustness';

export interface CollectRunOptions {
  readonly start: () => Promise<unknown>;
  readonly signal: AbortSignal;
  readonly progress: ReportProgress;
  /** Only what is kept, and the heatmaps of the study's images. */
  readonly quick: boolean;
  /** Only what is kept, and no heatmaps either. */
  readonly kept?: boolean | undefined;
  /** The epochs of tables and figures; the study's, or those of the published study, where they are not said. */
  readonly checkpoints?: 'all' | readonly number[] | undefined;
  /** An explanation method's id; the study's where it is not said. */
  readonly method?: string | undefined;
  /** The studies of trust that are computed where they are not kept. */
  readonly studies?: readonly ReportStudy[] | undefined;
}

/** The published study's. */
const PUBLISHED_EPOCHS: readonly number[] = [0, 1, 2, 3, 20];

/** So many images are shown under each perturbation. */
const PERTURBED_IMAGES = 2;

/** @throws CancelledError; what was computed stays in the run folder */
export async function collectRun(run: Run, options: CollectRunOptions): Promise<RunContent> {
  const { progress, signal, start } = options;
  const isKept = options.kept ?? false;
  const quick = options.quick || isKept;
  const asked = await currentStudy(run);
  const study = { ...asked, explain: { ...asked.explain, method: options.method ?? asked.explain.method } };
  const epochs = await chooseEpochs(run, study, options.checkpoints);
  const present = (await listCheckpoints(run.folder)).map(({ epoch }) => epoch);
  const data = await loadRunData(run, { progress: progress.data });
  const testCount = data.test.count;
  const images = studyImages(study, testCount);
  const asking: CollectOptions = {
    run,
    study,
    epochs,
    compute: true,
    progress,
    request: createAsk(start, signal, progress),
  };
  const kept: CollectOptions = quick
    ? { ...asking, compute: false, request: createAsk(refuseToStart, signal, progress) }
    : asking;
  announce(asking, { quick, isKept, isSeveral: present.length > 1 });
  const { metrics, accuracies } = await collectAccuracies(kept, present);
  const heatmapsOf = isKept ? await keptHeatmaps(kept, images.slice(0, SHOWN_IMAGES)) : { kept: images, missing: [] };
  const heatmaps = await part(() =>
    heatmapsOf.missing.length > 0 && heatmapsOf.kept.length === 0
      ? Promise.reject(new NotComputedError())
      : collectHeatmaps(isKept ? kept : asking, heatmapsOf.kept, present),
  );
  const misclassified = await part(() => collectMisclassified(kept));
  const content: Omit<RunContent, 'missing'> = {
    name: run.study.model.architecture,
    run,
    place: placeFromStudy(run),
    about: (await readAbout(run.folder)).about,
    method: study.explain.method,
    asked: { explain: study.explain, perturbations: study.perturbations },
    images: { train: data.train.count, test: testCount, height: data.test.height, width: data.test.width },
    warnings: await runWarnings(run.folder),
    metrics,
    accuracies,
    present,
    checkpoints: (await checkpointsOf(run, epochs)).map(({ epoch, hash }) => ({ epoch, hash })),
    heatmaps,
    misclassified,
    attention: await part(() => collectDrift(kept, testCount, present)),
    robustness: await part(() => collectRobustness(kept)),
    studies: await collectStudies(
      { ...asking, testCount, present },
      { ...asking, compute: false, request: createAsk(refuseToStart, signal, progress), testCount, present },
      options.studies ?? [],
    ),
    perturbed: await part(() => collectPerturbed(kept, images.filter(isTestImage).slice(0, PERTURBED_IMAGES))),
  };
  return { ...content, missing: await collectMissing(asking, content, heatmapsOf.missing) };
}

/** Of so many imported checkpoints all are shown, of more as many. */
const IMPORTED_SHOWN = 6;

/** Ascending. Of a study that asks for all checkpoints those of the published one, and the last. */
async function chooseEpochs(run: Run, study: Study, asked: CollectRunOptions['checkpoints']): Promise<number[]> {
  const wanted = asked ?? study.explain.checkpoints;
  const found = await selectCheckpoints(run, wanted, asked === undefined ? 'skip' : 'refuse');
  const epochs = found.map(({ epoch }) => epoch).sort((a, b) => a - b);
  if (asked !== undefined || wanted !== 'all') return epochs;
  if (run.manifest.imported !== undefined) return spread(epochs, IMPORTED_SHOWN);
  return epochs.filter((epoch) => PUBLISHED_EPOCHS.includes(epoch) || epoch === epochs.at(-1));
}

/** So many of them, evenly, with the first and the last. */
function spread(epochs: readonly number[], most: number): number[] {
  if (epochs.length <= most) return [...epochs];
  const step = (epochs.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => epochs[Math.round(at * step)] as number);
}

function isTestImage(image: ImageReference): boolean {
  return image.kind === 'set' && image.set === 'test';
}

function announce(
  { run, study, epochs, progress }: CollectOptions,
  { quick, isKept, isSeveral }: { readonly quick: boolean; readonly isKept: boolean; readonly isSeveral: boolean },
): void {
  const [only = 0] = epochs;
  const which = epochs.length === 1 ? checkpointName(run.manifest, only) : `checkpoints ${epochs.join(', ')}`;
  const what = `${run.study.model.architecture}, ${run.id}, ${which}`;
  if (quick) {
    progress.log(`Report of ${what}: from what is kept${isKept ? '' : ', with heatmaps of the study’s images'}`);
    return;
  }
  const attention = isSeveral ? ', attention over epochs' : '';
  const tests = study.perturbations.length === 0 ? '' : `, ${counted(study.perturbations.length, 'perturbation')}`;
  progress.log(`Report of ${what}: heatmaps, what is misclassified${attention}${tests}.`);
  progress.log(
    'What is kept is not computed again. Stopping it keeps what has been computed; --quick computes nothing long.',
  );
}

/**
 * The one door to every number of a run: for the engine process, the command line and the report alike.
 *
 * A computation has a folder of its own: `schema.ts` is its request and its answers, the file of its name says what it
 * needs, how it is computed and by what it is kept, and `runs/results` how that lies on the disk. It is listed here, and
 * its schema in `schema.ts` beside this file.
 */
import type * as z from 'zod/mini';
import { trimResults, whileUsing } from '../runs';
import { attack } from './attacks/attack';
import { benchmark } from './benchmark/benchmark';
import { calibration } from './calibration/calibration';
import type { RequestOptions, Computation, Host } from './computation';
import { agreement } from './agreement/agreement';
import { drift } from './drift/drift';
import { faithfulness } from './faithfulness/faithfulness';
import { heatmaps } from './heatmaps/heatmaps';
import { localisation } from './localisation/localisation';
import { perturbed } from './perturbed/perturbed';
import { predictions } from './predictions/predictions';
import { robustness } from './robustness/robustness';
import { sanity } from './sanity/sanity';
import type { Job } from '../common/jobs';
import type { ComputationRequests } from './schema';
import { createScheduler } from './scheduler';
import { studyTests } from './studyTests/studyTests';

const COMPUTATIONS: { readonly [N in ComputationName]: Computation<ComputationRequests[N]> } = {
  predictions,
  explain: heatmaps,
  robustness,
  perturbed,
  attention: drift,
  calibration,
  faithfulness,
  studyTests,
  localisation,
  agreement,
  sanity,
  benchmark,
  attack,
};

export type ComputationName = keyof ComputationRequests;
export type ParamsOf<N extends ComputationName> = z.output<ComputationRequests[N]['params']>;
export type ProgressOf<N extends ComputationName> = z.output<ComputationRequests[N]['progress']>;
export type ResultOf<N extends ComputationName> = z.output<ComputationRequests[N]['result']>;

/** Answers requests by their names. */
export type Computations = {
  readonly [N in ComputationName]: (params: ParamsOf<N>, asked: RequestOptions<ProgressOf<N>>) => Promise<ResultOf<N>>;
};

/** All of a program share a scheduler: one computes at a time. */
export function openComputations(program: Omit<Host, 'scheduler'>): Computations {
  const host = { ...program, scheduler: createScheduler() };
  return {
    predictions: using(COMPUTATIONS.predictions, 'predictions', host),
    explain: using(COMPUTATIONS.explain, 'heatmaps', host),
    robustness: using(COMPUTATIONS.robustness, 'tests', host),
    perturbed: using(COMPUTATIONS.perturbed, 'perturbed', host),
    attention: using(COMPUTATIONS.attention, 'attention', host),
    calibration: using(COMPUTATIONS.calibration, 'calibration', host),
    faithfulness: using(COMPUTATIONS.faithfulness, 'faithfulness', host),
    studyTests: using(COMPUTATIONS.studyTests, 'tests', host),
    localisation: using(COMPUTATIONS.localisation, 'localisation', host),
    agreement: using(COMPUTATIONS.agreement, 'agreement', host),
    sanity: using(COMPUTATIONS.sanity, 'sanity', host),
    benchmark: using(COMPUTATIONS.benchmark, 'benchmark', host),
    attack: using(COMPUTATIONS.attack, 'attacks', host),
  };
}

/** While a request is answered, none of the run's checkpoints is deleted; then its results fit the limit again. */
function using<P extends { readonly run: string }, Progress, R>(
  computation: (params: P, work: Host & RequestOptions<Progress>) => Promise<R>,
  job: Job,
  host: Host,
): (params: P, asked: RequestOptions<Progress>) => Promise<R> {
  return async (params, asked) => {
    try {
      const scheduler = host.scheduler.takenFor(job, asked.onWaiting);
      return await whileUsing(params.run, () => computation(params, { ...host, ...asked, scheduler }));
    } finally {
      trimSoon(params.run);
    }
  };
}

const TRIM_MILLISECONDS = 60_000;
const trimmed = new Map<string, number>();

/** To look at thousands of files takes longer than most requests. A folder that cannot be written to keeps what it has. */
function trimSoon(folder: string): void {
  if (Date.now() - (trimmed.get(folder) ?? 0) < TRIM_MILLISECONDS) return;
  trimmed.set(folder, Date.now());
  void trimResults(folder).catch(() => undefined);
}

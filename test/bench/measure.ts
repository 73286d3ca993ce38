/**
 * Measures a case: everyone in turn, several times over, so that a busy machine hits all alike, and medians of that.
 */
import { batchSizeOf, isTraining } from './cases';
import type { Answer, Case, Request, Work } from './protocol';
import { createLoadMeter } from './load';
import type { Side } from './side';
import { median } from './statistics';

export interface Effort {
  /** How often everyone has a turn. */
  readonly rounds: number;
  /** About how long a turn lasts. */
  readonly turnSeconds: number;
}

export const FULL: Effort = { rounds: 5, turnSeconds: 1.5 };
export const QUICK: Effort = { rounds: 3, turnSeconds: 0.7 };

export interface Measurement {
  readonly side: string;
  readonly work: Work;
  readonly batchSize: number;
  /** Batches a turn. */
  readonly steps: number;
  /** Seconds an image, a number a round; fewer than the rounds where a step takes too long, none where it failed. */
  readonly secondsPerImage: readonly number[];
  /** What other programs took of the processors meanwhile, 0 … 1: the median over turns; NaN without turns. */
  readonly foreignLoad: number;
  /** The process's largest resident set by then in bytes, and its estimate; null where it is not known. */
  readonly memory: { readonly peak: number | null; readonly estimated: number | null };
  /** Why there is none, or fewer. */
  readonly note?: string;
}

export interface CaseResult extends Case {
  readonly measurements: readonly Measurement[];
  /** Each side's largest resident set in bytes, null where it is not known. */
  readonly peakMemory: Readonly<Record<string, number | null>>;
}

/** A step this long is taken only once, without a second warm-up. */
const LONG_STEP_SECONDS = 10;
const MOST_STEPS = 200;

/** What is compared with each other, and so is measured by turns. */
const GROUPS = [(work: Work) => isTraining(work), (work: Work) => !isTraining(work)];

export async function measureCase(
  item: Case,
  sides: readonly Side[],
  effort: Effort,
  progress: (text: string) => void,
): Promise<CaseResult> {
  const scheduler: Turn[] = [];
  for (const group of GROUPS) {
    const ofGroup: Turn[] = [];
    for (const side of sides) {
      for (const work of side.works.filter(group)) {
        progress(`${work} on ${side.name}: warm-up`);
        ofGroup.push(await warmUp(side, work, item, effort));
      }
    }
    for (let round = 0; round < effort.rounds; round++) {
      progress(`${ofGroup[0]?.request.work ?? ''}: round ${round + 1} of ${effort.rounds}`);
      for (const turn of ofGroup) if (round < turn.rounds) await take(turn);
    }
    scheduler.push(...ofGroup);
  }
  for (const side of sides) side.close();
  return { ...item, measurements: scheduler.map(measurementOf), peakMemory: peaksOf(scheduler) };
}

/** What one side does when its turn comes, and what came of it. */
interface Turn {
  readonly side: Side;
  readonly request: Request;
  rounds: number;
  readonly samples: number[];
  readonly foreignLoads: number[];
  peakMemory: number | null;
  estimatedMemory: number | null;
  note?: string;
}

/** Two steps that do not count: the first also prepares, the second tells how many make a turn. */
async function warmUp(side: Side, work: Work, item: Case, { rounds, turnSeconds }: Effort): Promise<Turn> {
  const request: Request = { ...item, work, batchSize: batchSizeOf(item, work), steps: 1 };
  const turn: Turn = { side, request, rounds, samples: [], foreignLoads: [], peakMemory: null, estimatedMemory: null };
  const first = await side.ask(request);
  if ('failure' in first) return failed(turn, first.failure);
  if (first.seconds > LONG_STEP_SECONDS) {
    return { ...turn, rounds: 1, note: `one step only: it takes ${first.seconds.toFixed(0)} s` };
  }
  const second = await side.ask(request);
  if ('failure' in second) return failed(turn, second.failure);
  const steps = Math.min(MOST_STEPS, Math.max(1, Math.round(turnSeconds / second.seconds)));
  return { ...turn, request: { ...request, steps } };
}

async function take(turn: Turn): Promise<void> {
  const foreignLoad = createLoadMeter();
  const answer: Answer = await turn.side.ask(turn.request);
  if ('failure' in answer) {
    failed(turn, answer.failure);
    return;
  }
  turn.samples.push(answer.seconds / turn.request.steps / turn.request.batchSize);
  turn.foreignLoads.push(foreignLoad(answer.processorSeconds));
  turn.peakMemory = answer.peakMemory;
  turn.estimatedMemory = answer.estimatedMemory ?? null;
}

function failed(turn: Turn, reason: string): Turn {
  turn.rounds = 0;
  turn.note = `not measured: ${reason}`;
  return turn;
}

function measurementOf({ side, request, samples, foreignLoads, peakMemory, estimatedMemory, note }: Turn): Measurement {
  const { work, batchSize, steps } = request;
  const measured = { side: side.name, work, batchSize, steps, secondsPerImage: samples };
  const memory = { peak: peakMemory, estimated: estimatedMemory };
  return { ...measured, foreignLoad: median(foreignLoads), memory, ...(note === undefined ? {} : { note }) };
}

function peaksOf(scheduler: readonly Turn[]): Record<string, number | null> {
  const peaks: Record<string, number | null> = {};
  for (const { side, peakMemory } of scheduler) {
    peaks[side.name] = peakMemory === null ? (peaks[side.name] ?? null) : Math.max(peakMemory, peaks[side.name] ?? 0);
  }
  return peaks;
}

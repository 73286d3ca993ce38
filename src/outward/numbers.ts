/** All numbers that are told of a run: its facts by epoch, and how its epochs went, step by step. */
import { readFacts, readMetrics, readSteps, type EpochMetrics, type Run, type StepLine } from '../runs';
import { inOrderOfColumns, STEP_TAGS, tagOf } from './tags';

export interface Told {
  readonly tag: string;
  /** The epoch; of a tag of `steps/` the optimiser's step, from 1. */
  readonly step: number;
  /** Seconds since 1970: see `epochTimes`. */
  readonly wallTime: number;
  readonly value: number;
}

export interface RunNumbersTold {
  /** Of each epoch its steps, and then what is known of it: the order in which a training writes them. */
  readonly told: readonly Told[];
  /** Of the whole run, by tag, such as "training/seconds". */
  readonly single: Readonly<Record<string, number>>;
  /** When an epoch ended, in seconds since 1970. */
  readonly timeOf: (epoch: number) => number;
}

/** What is no number, or was not measured, is left out. @throws InputError where files of the run cannot be read */
export async function numbersOf(run: Run): Promise<RunNumbersTold> {
  // In the reverse of the order in which a training writes them: of an epoch that is told all steps are there.
  const { series, values } = await readFacts(run.folder);
  const metrics = await readMetrics(run.folder);
  const { steps } = await readSteps(run.folder);
  const { timeOf, timesOfSteps } = epochTimes(run, metrics, steps);
  const columns = inOrderOfColumns(Object.keys(series)).map((id) => {
    const { epochs = [], values: found = [] } = series[id] ?? {};
    return { tag: tagOf(id), at: new Map(epochs.map((epoch, place) => [epoch, found[place] ?? null])) };
  });
  const ofSteps = new Map<number, Told[]>();
  steps.forEach((line, at) => {
    ofSteps.set(line.epoch, [...(ofSteps.get(line.epoch) ?? []), ...toldOfStep(line, timesOfSteps[at] as number)]);
  });
  const epochs = new Set([...Object.values(series).flatMap((each) => each.epochs), ...ofSteps.keys()]);
  const told = [...epochs]
    .sort((a, b) => a - b)
    .flatMap((epoch) => [
      ...(ofSteps.get(epoch) ?? []),
      ...columns.flatMap(({ tag, at }): Told[] => {
        const value = at.get(epoch) ?? null;
        return tag === undefined || value === null ? [] : [{ tag, step: epoch, wallTime: timeOf(epoch), value }];
      }),
    ]);
  const single = Object.entries(values).flatMap(([id, value]): [string, number][] => {
    const tag = tagOf(id);
    return tag === undefined || value === null ? [] : [[tag, value]];
  });
  return { told, single: Object.fromEntries(single), timeOf };
}

function toldOfStep(line: StepLine, wallTime: number): Told[] {
  const step = (line.epoch - 1) * line.of + line.step;
  return (Object.keys(STEP_TAGS) as (keyof typeof STEP_TAGS)[]).flatMap((name) => {
    const value = line[name];
    return value === null ? [] : [{ tag: STEP_TAGS[name], step, wallTime, value }];
  });
}

/**
 * When epochs ended and steps were done, as far as the run's files say it: from its beginning on, each epoch took its
 * seconds, and within an epoch each line of steps the time of its images. So a copied run has the same times.
 */
function epochTimes({ manifest, study }: Run, metrics: readonly EpochMetrics[], steps: readonly StepLine[]) {
  const seconds = new Map(metrics.map((each) => [each.epoch, each.seconds ?? 0]));
  const { batchSize } = study.training;
  const ends = new Map<number, number>();
  const timesOfSteps: number[] = [];
  let now = Date.parse(manifest.createdAt) / 1000;
  const begin = now;
  let line = 0;
  const last = Math.max(0, metrics.at(-1)?.epoch ?? 0, steps.at(-1)?.epoch ?? 0);
  for (let epoch = 0; epoch <= last; epoch++) {
    let [inEpoch, before] = [now, 0];
    for (; steps[line]?.epoch === epoch; line++) {
      const { step, imagesPerSecond } = steps[line] as StepLine;
      if (imagesPerSecond !== null && imagesPerSecond > 0) inEpoch += ((step - before) * batchSize) / imagesPerSecond;
      before = step;
      timesOfSteps.push(inEpoch);
    }
    now = Math.max(now + (seconds.get(epoch) ?? 0), inEpoch);
    ends.set(epoch, now);
  }
  return { timesOfSteps, timeOf: (epoch: number): number => ends.get(epoch) ?? (epoch > last ? now : begin) };
}

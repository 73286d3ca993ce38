/**
 * steps.jsonl: how an epoch went, a line every so many steps. It is for curves alone: no sum vouches for it, no result
 * depends on it, and a training goes on where it is damaged or gone.
 */
import * as z from 'zod';
import { writeFileAtomically } from '../../common/atomic';
import { appendLines, readLines } from './lines';
import { runPaths } from '../paths';

/** From the run folder. */
export const STEPS_FILE = 'steps.jsonl';

/** JSON has no NaN or infinity: what is no number is null. */
const number = z.number().nullable();

const stepSchema = z.object({
  /** From 1. */
  epoch: z.int().min(1),
  /** The steps of the epoch that are done, from 1 to `of`. */
  step: z.int().min(1),
  of: z.int().min(1),
  /** Of the images since the line before it, at the steps that met them: mean loss, as it was minimised. */
  loss: number,
  /** Likewise, in per cent. */
  accuracy: number,
  learningRate: number,
  /** Since the line before it. */
  imagesPerSecond: number,
});
export type StepLine = z.output<typeof stepSchema>;

const MOST_LINES_AN_EPOCH = 50;
/** Of about 130 bytes each: a file of at most 2.6 MB. Of longer trainings an epoch has fewer, and at least one. */
const MOST_LINES = 20_000;

/** A line is written after every so many steps, and after the last one of an epoch. */
export function stepsPerLine(stepsPerEpoch: number, epochs: number): number {
  const lines = Math.max(1, Math.min(MOST_LINES_AN_EPOCH, Math.floor(MOST_LINES / Math.max(1, epochs))));
  return Math.max(1, Math.ceil(stepsPerEpoch / lines));
}

/** Appends lines. They may be lost by a failure of power, for what they cost would else be more than they are worth. */
export async function appendSteps(folder: string, lines: readonly StepLine[]): Promise<void> {
  await appendLines(
    runPaths(folder).steps,
    lines.map((line) => JSON.stringify(line)),
    { sync: false },
  );
}

export interface StepsFile {
  readonly steps: readonly StepLine[];
  /** Lines that are none, from 1. A kill's half line at the end is none of these. */
  readonly damaged: readonly number[];
}

/** In their order; of a step that is given twice the later line counts. @throws InputError, WorkError */
export async function readSteps(folder: string): Promise<StepsFile> {
  const { whole } = await readLines(runPaths(folder).steps);
  const damaged: number[] = [];
  const steps = new Map<string, StepLine>();
  for (const [index, text] of whole.entries()) {
    if (text.trim() === '') continue;
    const line = parseStepLine(text);
    if (line === undefined) damaged.push(index + 1);
    else steps.set(`${line.epoch} ${line.step}`, line);
  }
  const inOrder = [...steps.values()].sort((a, b) => a.epoch - b.epoch || a.step - b.step);
  return { steps: inOrder, damaged };
}

function parseStepLine(text: string): StepLine | undefined {
  try {
    const line = stepSchema.safeParse(JSON.parse(text)).data;
    return line !== undefined && line.step <= line.of ? line : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps the epochs up to one, and of the next one so many steps: a resumed training writes the later ones anew. Lines that
 * are none go. @throws WorkError
 */
export async function dropStepsAfter(folder: string, last: number, stepsOfNext = 0): Promise<void> {
  const path = runPaths(folder).steps;
  const { whole, rest } = await readLines(path);
  if (whole.length === 0 && rest === '') return;
  const { steps } = await readSteps(folder);
  const kept = steps.filter(({ epoch, step }) => epoch <= last || (epoch === last + 1 && step <= stepsOfNext));
  await writeFileAtomically(path, kept.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** `outcomes.json`: what the runner says of cells that their run folders do not say. Written by it alone. */
import * as z from 'zod';
import { jsonHash } from '../common/canonicalJson';
import type { Cell, Sweep } from '../study';
import { readJson, writeJson } from './files';
import { sweepPaths } from './sweepPaths';

const outcomeSchema = z.object({
  /** The run folder, absolute. */
  run: z.string(),
  /** See `testsKey`: of the tests that it passed through, whether checkpoints met their expectations or not. */
  tested: z.string().exactOptional(),
  /** Why its training or its tests ended, a sentence; absent where they ended well. */
  error: z.string().exactOptional(),
  /** Which of the two failed. */
  failed: z.enum(['training', 'testing']).exactOptional(),
});
export type Outcome = z.output<typeof outcomeSchema>;

/** By the cells' ids. */
export type Outcomes = Readonly<Partial<Record<string, Outcome>>>;

const outcomesSchema = z.object({ format: z.int().min(1), cells: z.record(z.string(), outcomeSchema) });

export async function readOutcomes(folder: string): Promise<Outcomes> {
  return (await readJson(sweepPaths(folder).outcomes, outcomesSchema))?.cells ?? {};
}

export async function writeOutcomes(folder: string, cells: Outcomes): Promise<void> {
  await writeJson(sweepPaths(folder).outcomes, { format: 1, cells });
}

/** Of all that decides what a cell's tests measure; undefined where it has none. */
export function testsKey({ study }: Cell, tests: Sweep['tests']): string | undefined {
  if (tests === 'none') return undefined;
  const asked = { ...study, dataset: undefined, model: undefined, training: undefined, name: undefined };
  return jsonHash({ ...asked, tests });
}

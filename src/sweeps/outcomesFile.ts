/**
 * `outcomes/ID.json`: what whoever worked on a cell last says of it that its run folder does not say. One file a cell, as
 * many nodes may write at once; former programs wrote `outcomes.json` of all, which is read for cells without one.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { jsonHash } from '../common/canonicalJson';
import { makeFolder } from '../common/folders';
import { readJson, writeJson } from '../common/jsonFile';
import type { Cell, Sweep } from '../study';
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

const ofAllSchema = z.object({ format: z.int().min(1), cells: z.record(z.string(), outcomeSchema) });
const ofOneSchema = z.object({ format: z.int().min(1), outcome: outcomeSchema });

const ENDING = '.json';

export async function readOutcomes(folder: string): Promise<Outcomes> {
  const { outcomes, formerOutcomes } = sweepPaths(folder);
  const names = (await readdir(outcomes).catch((): string[] => [])).filter(
    (name) => name.endsWith(ENDING) && !name.startsWith('.'),
  );
  const found = await Promise.all(
    names.map(async (name): Promise<[string, Outcome][]> => {
      const stored = await readJson(join(outcomes, name), ofOneSchema);
      if (stored === undefined) return [];
      return [[name.slice(0, -ENDING.length), stored.outcome]];
    }),
  );
  const former = (await readJson(formerOutcomes, ofAllSchema))?.cells;
  return { ...former, ...Object.fromEntries(found.flat()) };
}

/** @param id the cell's @throws WorkError */
export async function writeOutcome(folder: string, id: string, outcome: Outcome): Promise<void> {
  const { outcomes } = sweepPaths(folder);
  await makeFolder(outcomes);
  await writeJson(join(outcomes, `${id}${ENDING}`), { format: 1, outcome });
}

/** Of all that decides what a cell's tests measure; undefined where it has none. */
export function testsKey({ study }: Cell, tests: Sweep['tests']): string | undefined {
  if (tests === 'none') return undefined;
  const asked = { ...study, dataset: undefined, model: undefined, training: undefined, name: undefined };
  return jsonHash({ ...asked, tests });
}

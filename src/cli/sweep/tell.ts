/** What a sweep says while it runs: a line where a cell begins and ends, and how far it is in between. */
import { readMetrics } from '../../runs';
import type { Cell } from '../../study';
import { stateOf } from '../../sweeps';
import type { Output } from '../printing/output';
import { sweepText } from '../printing/sweepTable';
import type { StudyWithSweep } from './latestStudy';
import type { Told } from './sweepRun';

/** Reading all runs takes a moment: not at every look. */
const PROGRESS_MILLISECONDS = 3000;

export function tellOf(inFile: StudyWithSweep, output: Output): Told {
  let last = 0;
  const event = (name: string, { id, recipe, seed }: Cell, more: object): void => {
    output.document({ event: name, id, recipe, seed, ...more });
  };
  return {
    began(cell, phase, run, how) {
      const verb = phase === 'testing' ? 'testing' : VERBS[how];
      output.log(`${nameOf(cell)}: ${verb} ${run}`);
      event(phase, cell, { run, how });
    },
    ended(cell, outcome, isKilled) {
      last = 0;
      if (outcome === undefined) output.log(`${nameOf(cell)}: ${isKilled ? 'its process was killed' : 'stopped'}`);
      else if (outcome.error !== undefined) output.log(`${nameOf(cell)}: failed: ${outcome.error}`);
      else void sayAccuracy(cell, outcome.run, output);
      event(outcome === undefined ? 'stopped' : outcome.error === undefined ? 'done' : 'failed', cell, {
        run: outcome?.run ?? null,
        error: outcome?.error ?? null,
      });
    },
    async tick(waiting) {
      if (performance.now() - last < PROGRESS_MILLISECONDS) return;
      last = performance.now();
      const state = await stateOf(inFile).catch(() => undefined);
      if (state !== undefined) output.progress(`${sweepText(state)}${waiting === undefined ? '' : ` (${waiting})`}`);
    },
  };
}

const VERBS = { new: 'training into', resumed: 'going on in', waiting: 'waiting for the training in' };

function nameOf({ recipe, seed }: Cell): string {
  return `${recipe}, seed ${String(seed)}`;
}

async function sayAccuracy(cell: Cell, run: string, output: Output): Promise<void> {
  const accuracy = (await readMetrics(run).catch(() => [])).at(-1)?.testAccuracy ?? null;
  output.log(`${nameOf(cell)}: done${accuracy === null ? '' : `, ${accuracy.toFixed(2)} %`}`);
}

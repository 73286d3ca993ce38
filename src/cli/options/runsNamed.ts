/** The runs that a command sends outward, by what they are called beside the others of their studies. */
import { InputError } from '../../common/errors';
import { namesBeside } from '../../outward/names';
import { openRun, type Run } from '../../runs';
import { shellWord } from '../../common/shellWord';
import type { Output } from '../printing/output';
import { runsIn } from './runsIn';

export interface NamedRun {
  readonly run: Run;
  readonly name: string;
}

/** All runs of a study file, or one run folder. @throws InputError where there is none */
export async function namedRuns(place: string, output: Output): Promise<[NamedRun, ...NamedRun[]]> {
  const entries = await runsIn(place);
  const runs: Run[] = [];
  for (const entry of entries.reverse()) {
    if ('run' in entry) runs.push(await openRun(entry.folder));
    else output.log(`${entry.folder}: ${entry.problem}`);
  }
  const names = new Map<string, string>();
  for (const run of runs)
    if (!names.has(run.folder)) (await namesBeside(run)).forEach((name, of) => names.set(of, name));
  const [first, ...others] = runs.map((run) => ({ run, name: names.get(run.folder) ?? run.id }));
  if (first !== undefined) return [first, ...others];
  throw new InputError('there is no run here yet', {
    file: place,
    expected: 'a run folder, or a study file with runs',
    ...(place.endsWith('.json') && { advice: `Train it first:  epochlens train ${shellWord(place)}` }),
  });
}

/** Finds runs that may belong to the open study, because something other than VS Code renamed its file. */
import { basename } from 'node:path';
import { likenessOf, mayBeOf } from '../../runs/finding/lost';
import type { Study } from '../../study';
import { COMMANDS } from '../ids';
import type { RunSummary } from '../runs/runSummary';
import type { Located } from './finding';

/** @param lost newest first */
export function lostRunFindings(studies: readonly Study[], file: string, lost: readonly RunSummary[]): Located[] {
  const likenesses = studies.map(likenessOf);
  const alike = lost.filter(({ studyName, studyHash = '' }) =>
    mayBeOf({ name: studyName, hash: studyHash }, likenesses),
  );
  if (alike.length === 0) return [];
  const files = [...new Set(alike.map(({ studyFile }) => basename(studyFile)))].join(' and ');
  const runs = alike.length === 1 ? 'A run' : `${alike.length} runs`;
  const fate = alike.some(({ lost }) => lost === true) ? 'which is gone' : 'which has other settings by now';
  const message = `${runs} of ${files}, ${fate}, may be of this study: it has none of its own.`;
  const argument = { studyFile: file, runs: alike.map(({ folder }) => folder) };
  const title = alike.length === 1 ? 'Use that run for this study…' : `Use those ${alike.length} runs for this study…`;
  const fixes = [{ title, command: COMMANDS.adoptRun, argument }];
  return [{ code: 'lostRuns', severity: 'information', path: [], message, fixes }];
}

/** Everything that was computed before a change is marked in one way. */
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { fileStamp } from '../../common/fileStamp';
import { otherSettings } from './otherSettings';
import type { RunSummary } from './runSummary';

/** @param change what it was, or in what its settings differ from the present ones; undefined where that is unknown */
export function staleText(change: { readonly was: string } | { readonly differences: string } | undefined): string {
  if (change === undefined) return vscode.l10n.t('stale: computed before a change');
  return 'was' in change
    ? vscode.l10n.t('stale: was {0}', change.was)
    : vscode.l10n.t('stale: {0}', change.differences);
}

/**
 * "epochs 12 → 14": in what a saved study differs from the newest run of each of its models. Undefined where a training
 * would repeat these runs, or the file is no study.
 */
export type StudyDifferences = (studyFile: string, runs: readonly RunSummary[]) => Promise<string | undefined>;

/** Found again only when the study file or its newest runs have changed. */
export function createStudyDifferences(): StudyDifferences {
  const known = new Map<string, { readonly key: string; readonly differences: Promise<string | undefined> }>();
  return async (studyFile, runs) => {
    const newest = newestOfEachModel(runs);
    if (newest.length === 0) return undefined;
    const stamp = await fileStamp(studyFile).catch(() => undefined);
    if (stamp === undefined) return undefined;
    const key = JSON.stringify([stamp, newest.map(({ folder, state }) => [folder, state])]);
    const before = known.get(studyFile);
    if (before?.key === key) return before.differences;
    const differences = findDifferences(studyFile, newest).catch(() => undefined);
    known.set(studyFile, { key, differences });
    return differences;
  };
}

/** @param runs the newest first */
function newestOfEachModel(runs: readonly RunSummary[]): RunSummary[] {
  const newest = new Map<string | undefined, RunSummary>();
  for (const run of runs)
    if (run.state !== 'damaged' && !newest.has(run.architecture)) newest.set(run.architecture, run);
  return [...newest.values()];
}

async function findDifferences(studyFile: string, newest: readonly RunSummary[]): Promise<string | undefined> {
  const [{ openRun }, { allStudies, parseStudy }] = await Promise.all([import('../../runs'), import('../../study')]);
  const text = await readFile(studyFile, 'utf8');
  const parsed = parseStudy(text, studyFile);
  const models = new Set<string>(parsed.ok ? allStudies(parsed).map(({ model }) => model.architecture) : []);
  // A model that the study no longer has counts only where none of its runs is of one that it has.
  const present = newest.filter(({ architecture }) => architecture !== undefined && models.has(architecture));
  for (const { folder } of present.length > 0 ? present : newest.slice(0, 1)) {
    const run = await openRun(folder).catch(() => undefined);
    const differences = run && (await otherSettings(run, text, studyFile));
    if (differences !== undefined) return differences;
  }
  return undefined;
}

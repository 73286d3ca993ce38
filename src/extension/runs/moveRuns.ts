/** Gives runs to a study file, with the messages about it. */
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Adoption, Run } from '../../runs';
import type { StudyMove } from './runStore';

/** A run and its new study file. */
export interface Assignment {
  readonly run: Run;
  readonly studyFile: string;
}

/**
 * Gives each run to its study file, one after another.
 * @param onFailure called for each run that cannot be given
 */
export async function moveRuns(
  assignments: readonly Assignment[],
  onFailure: (error: unknown) => void,
): Promise<Adoption[]> {
  const { bringToStudy } = await import('../../runs');
  const adoptions: Adoption[] = [];
  for (const { run, studyFile } of assignments) {
    try {
      adoptions.push(await bringToStudy(run, studyFile));
    } catch (error) {
      onFailure(error);
    }
  }
  return adoptions;
}

/** Runs by their earlier study files, for the panels that show them. */
export function movesOf(adoptions: readonly Adoption[]): StudyMove[] {
  const moves = new Map<string, { from: string; to: string; runs: Map<string, string> }>();
  for (const { before, run } of adoptions) {
    const key = JSON.stringify([before.studyFile, run.studyFile]);
    const move = moves.get(key) ?? { from: before.studyFile, to: run.studyFile, runs: new Map<string, string>() };
    move.runs.set(before.folder, run.folder);
    moves.set(key, move);
  }
  return [...moves.values()];
}

/** A message about runs that could not be given, or whose relative paths now mean other places. */
export async function adoptionWarnings(adoptions: readonly Adoption[]): Promise<string[]> {
  const { apartText, dataElsewhere } = await import('../../runs');
  const warnings = adoptions.flatMap(({ run, apart }) => {
    if (apart === undefined) return [];
    const [file, why] = [basename(run.studyFile), apartText(apart)];
    const stays = vscode.l10n.t('A run of {0} stays where it is, as {1}: {2}.', file, why, run.folder);
    return [apart.why === 'used' ? `${stays} ${vscode.l10n.t('Adopt Run… brings it along later.')}` : stays];
  });
  const paths = await Promise.all(
    adoptions.map(async ({ run, before }) => {
      const elsewhere = await dataElsewhere(run.study, before.studyFolder, dirname(run.studyFile));
      const file = basename(run.studyFile);
      return elsewhere.map((path) =>
        vscode.l10n.t('{0} names {1} from its own folder, which is another now.', file, path),
      );
    }),
  );
  return [...new Set([...warnings, ...paths.flat()])];
}

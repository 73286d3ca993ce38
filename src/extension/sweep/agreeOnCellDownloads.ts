import * as vscode from 'vscode';
import type { LocatedStudy } from '../../study';
import type { SweepState } from '../../sweeps/sweepState';
import type { Missing } from '../training/missing';

/**
 * Asks before data or weights are downloaded that recipes alone need: the study's own are there by now. The sweep's process
 * downloads them before its first training.
 * @returns options of `epochlens sweep`; undefined where the person decides against it
 */
export async function agreeOnCellDownloads(
  state: SweepState,
  ids: readonly string[],
  located: LocatedStudy,
): Promise<string[] | undefined> {
  const missing = await missingOfCells(state, ids, located);
  if (missing.length === 0) return [];
  const megabytes = missing.reduce((sum, each) => sum + each.megabytes, 0);
  const download = vscode.l10n.t('Download ({0} MB)', megabytes);
  const detail = missing.map((each) => vscode.l10n.t('{0} ({1} MB): {2}', each.name, each.megabytes, each.place));
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Recipes of this sweep need downloads.'),
    { modal: true, detail: detail.join('\n') },
    download,
  );
  return answer === download ? ['--download'] : undefined;
}

/** Each once, of all cells that are to be trained. */
async function missingOfCells(
  { cells }: SweepState,
  ids: readonly string[],
  located: LocatedStudy,
): Promise<Missing[]> {
  const { missingOf } = await import('../training/missing');
  const wanted = new Set(ids);
  const studies = cells.flatMap(({ cell }) => (wanted.has(cell.id) ? [cell.study] : []));
  const distinct = new Map(studies.map((study) => [JSON.stringify([study.dataset, study.model]), study]));
  const found = await Promise.all([...distinct.values()].map((study) => missingOf({ ...located, study })));
  return [...new Map(found.flat().map((each) => [each.place, each])).values()];
}

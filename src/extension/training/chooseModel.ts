import * as vscode from 'vscode';
import type { LocatedStudy } from '../../study';
import type { RunStore } from '../runs/runStore';
import { stateText } from '../runs/runText';
import type { RunTarget } from '../runs/target';

/** The model that the command's target names, if any. */
export function architectureOf(target: RunTarget): string | undefined {
  return typeof target === 'object' && !(target instanceof vscode.Uri) ? target.architecture : undefined;
}

/** The model that is meant in a study of several, or that the person picks. Models without a run come first. */
export async function chooseModel(
  studies: readonly LocatedStudy[],
  architecture: string | undefined,
  runStore: RunStore,
): Promise<LocatedStudy | undefined> {
  if (studies.length === 1) return studies[0];
  const meant = studies.find(({ study }) => study.model.architecture === architecture);
  if (meant !== undefined) return meant;
  const items = studies.map((located) => {
    const label = located.study.model.architecture;
    const file = runStore.studyPath(located.path);
    const newest = runStore.runs().find((run) => run.studyFile === file && run.architecture === label);
    return {
      label,
      description: newest === undefined ? vscode.l10n.t('not trained yet') : stateText(newest),
      located,
      newest,
    };
  });
  const sorted = [...items].sort((a, b) => Number(a.newest !== undefined) - Number(b.newest !== undefined));
  return (
    await vscode.window.showQuickPick(sorted, { placeHolder: vscode.l10n.t('Train which of the study’s models?') })
  )?.located;
}

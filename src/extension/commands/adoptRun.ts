/** Commands that give runs to a study file, after theirs was renamed or moved outside of VS Code. */
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { adoptionWarnings, moveRuns, movesOf, type Assignment } from '../runs/moveRuns';
import { runName } from '../runs/runName';
import type { RunSummary } from '../runs/runSummary';
import { whenText } from '../runs/runText';
import { stateIconId } from '../runs/stateIcon';
import type { RunTarget } from '../runs/target';
import { showError } from './registerCommand';

/**
 * The target is a list of runs with a study file for them, one run, or a study whose file is gone, which means all of
 * its runs.
 */
export async function adoptRunCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  const { runStore } = parts;
  await runStore.ready;
  const runs = await runsMeant(parts, target);
  if (runs.length === 0) return;
  const named = isNode(target) && target.runs !== undefined ? target.studyFile : undefined;
  const studyFile = named ?? (await pickAdopter(parts, runs));
  if (studyFile === undefined || !(await confirm(runs, studyFile))) return;
  const { openRun } = await import('../../runs');
  const opened = await Promise.all(runs.map(({ folder }) => openRun(folder)));
  await assign(
    parts,
    opened.map((run) => ({ run, studyFile })),
  );
}

async function runsMeant({ runStore }: CoreParts, target: RunTarget): Promise<readonly RunSummary[]> {
  if (isNode(target)) {
    if (target.runs !== undefined) return target.runs.flatMap((folder) => runStore.find(folder) ?? []);
    if (target.run === undefined) {
      return runStore.runs().filter(({ studyFile, lost }) => studyFile === target.studyFile && lost === true);
    }
  }
  const run = isNode(target) ? target.run : await pickAnyRun(runStore.runs());
  return run === undefined ? [] : [run];
}

/** Runs whose study file is gone come first. */
async function pickAnyRun(runs: readonly RunSummary[]): Promise<RunSummary | undefined> {
  const items = runs
    .filter(({ state }) => state !== 'damaged')
    .map((run) => ({
      label: `$(${stateIconId(run.state)}) ${runName(run, 'title')}`,
      description: whenText(run.createdAt),
      detail: run.lost === true ? vscode.l10n.t('{0} is gone', run.studyFile) : run.studyFile,
      run,
    }))
    .sort((a, b) => Number(b.run.lost ?? false) - Number(a.run.lost ?? false));
  const options = {
    title: vscode.l10n.t('Adopt Run'),
    placeHolder: vscode.l10n.t('Which run?'),
    matchOnDescription: true,
    matchOnDetail: true,
  };
  return (await vscode.window.showQuickPick(items, options))?.run;
}

function isNode(target: RunTarget): target is Exclude<RunTarget, string | vscode.Uri | undefined> {
  return typeof target === 'object' && !(target instanceof vscode.Uri);
}

/** Studies beside the runs come first. */
async function pickAdopter({ runStore }: CoreParts, runs: readonly RunSummary[]): Promise<string | undefined> {
  const [first] = runs;
  const items = runStore
    .studies()
    .filter(({ file }) => file !== first?.studyFile)
    .map(({ file, name }) => ({
      label: name,
      description: vscode.workspace.asRelativePath(file),
      file,
      isBeside: dirname(file) === dirname(first?.studyFile ?? ''),
    }))
    .sort((a, b) => Number(b.isBeside) - Number(a.isBeside));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no other study that could adopt it.'));
    return undefined;
  }
  const options = {
    title: vscode.l10n.t('Adopt Run'),
    placeHolder: vscode.l10n.t('Of which study is it?'),
    matchOnDescription: true,
  };
  return (await vscode.window.showQuickPick(items, options))?.file;
}

async function confirm(runs: readonly RunSummary[], studyFile: string): Promise<boolean> {
  const { l10n } = vscode;
  const adopt = l10n.t('Adopt');
  const files = [...new Set(runs.map((run) => basename(run.studyFile)))].join(', ');
  const answer = await vscode.window.showWarningMessage(
    runs.length === 1
      ? l10n.t('Use a run of {0} for {1}?', files, basename(studyFile))
      : l10n.t('Use {0} runs of {1} for {2}?', runs.length, files, basename(studyFile)),
    { modal: true, detail: await detailOf(runs, studyFile) },
    adopt,
  );
  return answer === adopt;
}

async function detailOf(runs: readonly RunSummary[], studyFile: string): Promise<string> {
  const { readAllStudies, studyHash } = await import('../../study');
  const hashes = (await readAllStudies(studyFile)).map(({ study }) => studyHash(study));
  const others = runs.filter((run) => run.studyHash === undefined || !hashes.includes(run.studyHash));
  const moves = runs.some((run) => dirname(run.studyFile) !== dirname(studyFile));
  const { l10n } = vscode;
  const one = runs.length === 1;
  return [
    one
      ? l10n.t('Its run.json names this study file from then on; nothing else of it changes.')
      : l10n.t('Their run.json names this study file from then on; nothing else of them changes.'),
    !moves ? '' : one ? l10n.t('It is moved beside it.') : l10n.t('They are moved beside it.'),
    others.length === 0
      ? ''
      : one
        ? l10n.t('The study has other data, model or training than the run: it can be looked at, and not resumed.')
        : l10n.t('The study has other data, model or training than they: they can be looked at, and not resumed.'),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

/** Adopts the runs, and offers to undo it. */
async function assign(parts: CoreParts, assignments: readonly Assignment[]): Promise<void> {
  const sayFailure = (error: unknown): void => void showError(parts.log, error);
  const adoptions = await moveRuns(assignments, sayFailure);
  await parts.runStore.movedStudies(movesOf(adoptions));
  for (const { run, before } of adoptions)
    parts.log.info(`${run.folder} is of ${run.studyFile}, not ${before.studyFile}.`);
  for (const warning of await adoptionWarnings(adoptions)) void vscode.window.showWarningMessage(warning);
  if (adoptions.length === 0) return;
  const { l10n } = vscode;
  const undo = l10n.t('Undo');
  const name = basename(assignments[0]?.studyFile ?? '');
  const message =
    adoptions.length === 1
      ? l10n.t('The run is of {0} now.', name)
      : l10n.t('{0} runs are of {1} now.', adoptions.length, name);
  const answer = await vscode.window.showInformationMessage(message, undo);
  if (answer !== undo) return;
  const back = adoptions.map(({ run, before }) => ({ run, studyFile: before.studyFile }));
  await parts.runStore.movedStudies(movesOf(await moveRuns(back, sayFailure)));
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors';
import type { LocatedStudy } from '../../study';
import { COMMANDS, SETTINGS } from '../ids';
import type { CoreParts } from '../coreParts';
import { pickStudy } from '../runs/pick';
import { progressText } from '../runs/runText';
import { isLive, type RunSummary } from '../runs/runSummary';
import type { RunTarget } from '../runs/target';
import { agreeOnDownloads } from './agreeOnDownloads';
import { architectureOf, chooseModel } from './chooseModel';
import { networkEnvironment } from './networkEnvironment';
import { spawnTraining } from './spawnTraining';
import { isTrusted } from './trust';

/** Starts a new run of a study in the background. */
export async function trainCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted('Training'))) return;
  const studyFile = await pickStudy(target, parts.runStore);
  if (studyFile === undefined) return;
  const studies = await readSavedStudies(studyFile);
  const located = studies && (await chooseModel(studies, architectureOf(target), parts.runStore));
  if (located === undefined || !(await agreeOnAnother(parts, located))) return;
  if (!(await agreeOnDownloads(parts, located))) return;
  const { newRunFolder } = await import('../../runs');
  const { name, model } = located.study;
  const run = { folder: newRunFolder(located), resumes: false };
  await start(parts, { studyFile, studyName: name, architecture: model.architecture, ...run });
}

export async function start(
  { context, log, runStore }: CoreParts,
  request: Omit<Parameters<typeof spawnTraining>[0], 'program' | 'engine' | 'env'>,
): Promise<void> {
  const program = join(context.extensionPath, 'dist', 'cli.js');
  if (!existsSync(program)) {
    throw new InputError('a part of EpochLens is missing', { file: program, advice: 'Install the extension anew.' });
  }
  const engine = vscode.workspace.getConfiguration(SETTINGS.section).get<string>(SETTINGS.engine, 'auto');
  const launch = await spawnTraining({ ...request, program, engine, env: networkEnvironment() });
  log.info(`Training ${request.studyFile} into ${launch.folder}: process ${launch.pid}.`);
  await runStore.launched(launch);
}

/** The study as it is in the editor, saved; of several models, that of the first. */
export async function readSavedStudy(file: string): Promise<LocatedStudy | undefined> {
  return (await readSavedStudies(file))?.[0];
}

/** The study of each of the file's models, as it is in the editor, saved. What is wrong with it is said, with the way there. */
export async function readSavedStudies(file: string): Promise<readonly LocatedStudy[] | undefined> {
  const open = vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.fsPath === file);
  await open?.save();
  const { readStudies } = await import('../../study');
  try {
    return await readStudies(file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    void offerCorrection(file, error);
    return undefined;
  }
}

async function offerCorrection(file: string, { message }: InputError): Promise<void> {
  const open = 'Open Study File';
  if ((await vscode.window.showErrorMessage(message, open)) === open)
    await vscode.window.showTextDocument(vscode.Uri.file(file));
}

/** A study that is being trained can be trained once more beside that; mostly it was not meant. */
async function agreeOnAnother({ runStore }: CoreParts, { path, study }: LocatedStudy): Promise<boolean> {
  const { architecture } = study.model;
  const file = runStore.studyPath(path);
  const same = (run: RunSummary) => run.studyFile === file && run.architecture === architecture;
  const live = runStore.runs().find((run) => isLive(run) && same(run));
  if (live === undefined) return true;
  const another = 'Train Another Run';
  const metrics = 'Show Metrics';
  const answer = await vscode.window.showWarningMessage(
    `${live.studyName} is being trained already (${progressText(live)}).`,
    another,
    metrics,
  );
  if (answer === metrics) await vscode.commands.executeCommand(COMMANDS.showMetrics, { run: live });
  return answer === another;
}

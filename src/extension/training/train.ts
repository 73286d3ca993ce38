import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { LocatedStudy } from '../../study';
import { cliProgram } from '../cliProgram';
import { SETTINGS } from '../ids';
import type { CoreParts } from '../coreParts';
import { pickStudy } from '../runs/pick';
import type { RunTarget } from '../runs/target';
import { savedStudies, savedStudy } from '../studies/savedStudy';
import { agreeOnAnother } from './agreeOnAnother';
import { agreeOnDownloads } from './agreeOnDownloads';
import { architectureOf, chooseModel } from './chooseModel';
import { trainingEnvironment } from './trainingEnvironment';
import { spawnTraining } from './spawnTraining';
import { isTrusted } from './trust';

/** Starts a new run of a study in the background. */
export async function trainCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Training')))) return;
  const studyFile = await pickStudy(target, parts.runStore);
  if (studyFile === undefined) return;
  const studies = await savedStudies(studyFile, 'train');
  const located = studies && (await chooseModel(studies, architectureOf(target), parts.runStore));
  if (located === undefined) return;
  await onceAtATime(`${studyFile} ${located.study.model.architecture}`, () => trainStudy(parts, located));
}

/** Commands that are running: a second call, as by a double click, is ignored. */
const underWay = new Set<string>();

async function onceAtATime(what: string, work: () => Promise<void>): Promise<void> {
  if (underWay.has(what)) return;
  underWay.add(what);
  await work().finally(() => underWay.delete(what));
}

async function trainStudy(parts: CoreParts, meant: LocatedStudy): Promise<void> {
  const agreed = new Set<string>();
  if (!(await agreeOnAnother(parts, meant, agreed))) return;
  const located = await settle(parts, meant);
  // A download takes time, so the person is asked again about a training that was started meanwhile.
  if (located === undefined || !(await agreeOnAnother(parts, located, agreed))) return;
  const { newRunFolder } = await import('../../runs');
  const { path: studyFile, study } = located;
  const run = { folder: await newRunFolder(located), resumes: false };
  await start(parts, { studyFile, studyName: study.name, architecture: study.model.architecture, ...run });
}

/**
 * The study once everything that it needs is there, as its editor shows it by then: it may have changed while the
 * person was asked or something was downloaded.
 */
export async function settle(parts: CoreParts, located: LocatedStudy): Promise<LocatedStudy | undefined> {
  for (let meant = located; ;) {
    const ready = await agreeOnDownloads(parts, meant);
    const now = ready && (await savedStudy(ready.path, ready.study.model.architecture));
    if (now === undefined || isDeepStrictEqual(now.study, ready?.study)) return now;
    meant = now;
  }
}

export async function start(
  { context, log, runStore }: CoreParts,
  request: Omit<Parameters<typeof spawnTraining>[0], 'program' | 'engine' | 'env'>,
): Promise<void> {
  const program = cliProgram(context);
  const engine = vscode.workspace.getConfiguration(SETTINGS.section).get<string>(SETTINGS.engine, 'auto');
  const launch = await spawnTraining({ ...request, program, engine, env: trainingEnvironment() });
  log.info(`Training ${request.studyFile} into ${launch.folder}: process ${launch.pid}.`);
  await runStore.launched(launch);
}

import * as vscode from 'vscode';
import { isReportedError } from '../../common/errors';
import type { CoreParts } from '../coreParts';
import { COMMANDS, SETTINGS } from '../ids';
import { runName } from '../runs/runName';
import { removeUnbegun, type Launch } from '../runs/launches';
import { isLive, type RunSummary } from '../runs/runSummary';
import { accuracyText, latestAccuracy, nextEpochText } from '../runs/runText';
import { isOneOf, readSetting } from '../settings';
import { launchOutput, reasonIn } from './logTail';

/** Notifies when a training has ended in any way. */
export function notifyAboutTrainings(parts: CoreParts): vscode.Disposable {
  const { runStore, log } = parts;
  return vscode.Disposable.from(
    runStore.onDidChangeState(({ before, now }) => {
      // Of a sweep's cells, its own end is told alone.
      if (isLive(before) && !isLive(now) && now.cell === undefined) void tellEnd(now, log);
      if (before.state === 'starting' && now.state === 'training') void tellDamage(now, log);
    }),
    runStore.onDidDieEarly((launch) => void tellEarlyDeath(launch, parts)),
  );
}

/** Notifies about damage that was found when a training was resumed. It costs one epoch or nothing. */
async function tellDamage(run: RunSummary, log: vscode.LogOutputChannel): Promise<void> {
  const { damage = [] } = run.status ?? {};
  const [first] = damage;
  if (first === undefined) return;
  for (const each of damage) log.warn(`${run.folder}: ${each}`);
  const message =
    damage.length === 1
      ? vscode.l10n.t('Training {0} goes on in spite of damage. {1}', runName(run, 'title'), first)
      : vscode.l10n.t(
          'Training {0} goes on in spite of damage. {1} (and {2} more)',
          runName(run, 'title'),
          first,
          damage.length - 1,
        );
  await offer('warn', message, run, [openLog(), [vscode.l10n.t('Verify Run…'), COMMANDS.verifyRun]]);
}

/** By the setting, whether a notification says that a training is finished. */
export function isEndTold(): boolean {
  const when = readSetting(SETTINGS.notifyWhenTrainingEnds, isOneOf(['always', 'whenUnfocused', 'never']));
  return when === 'always' || (when === 'whenUnfocused' && !vscode.window.state.focused);
}

type Action = readonly [title: string, command: string];

function openLog(): Action {
  return [vscode.l10n.t('Open Log'), COMMANDS.openLog];
}

function metrics(): Action {
  return [vscode.l10n.t('Show Metrics'), COMMANDS.showMetrics];
}

function resume(): Action {
  return [vscode.l10n.t('Resume'), COMMANDS.resume];
}

async function tellEnd(run: RunSummary, log: vscode.LogOutputChannel): Promise<void> {
  const name = runName(run, 'title');
  log.info(`${run.folder}: ${run.state}.`);
  switch (run.state) {
    case 'finished': {
      if (!isEndTold()) return;
      const accuracy = accuracyText(latestAccuracy(run));
      const message =
        accuracy === undefined
          ? vscode.l10n.t('{0} is trained.', name)
          : vscode.l10n.t('{0} is trained: {1} of the test images right.', name, accuracy);
      return offer('info', message, run, [[vscode.l10n.t('Open Heatmaps'), COMMANDS.openHeatmaps], metrics()]);
    }
    case 'failed':
      return offer(
        'error',
        vscode.l10n.t('Training {0} failed: {1}', name, run.status?.error ?? vscode.l10n.t('see its log')),
        run,
        run.watched === true ? [metrics()] : [openLog(), resume()],
      );
    case 'interrupted':
      if (run.watched === true)
        return offer('warn', vscode.l10n.t('Training {0} was interrupted: its process is gone.', name), run, [
          metrics(),
        ]);
      return offer(
        'warn',
        vscode.l10n.t(
          'Training {0} was interrupted: its process is gone. It can go on at {1}.',
          name,
          nextEpochText(run),
        ),
        run,
        [resume(), openLog()],
      );
    default:
      // A person who stopped the training is not notified.
      return;
  }
}

async function offer(
  kind: 'info' | 'warn' | 'error',
  message: string,
  run: RunSummary,
  actions: readonly Action[],
): Promise<void> {
  const { showInformationMessage, showWarningMessage, showErrorMessage } = vscode.window;
  const show = { info: showInformationMessage, warn: showWarningMessage, error: showErrorMessage }[kind];
  const answer = await show(message, ...actions.map(([title]) => title));
  const command = actions.find(([title]) => title === answer)?.[1];
  if (command !== undefined) await vscode.commands.executeCommand(command, { run });
}

/** Deletes its folder; its output is kept in the log. */
async function tellEarlyDeath(launch: Launch, { log }: CoreParts): Promise<void> {
  const output = await launchOutput(launch);
  log.warn(`The training in ${launch.folder} ended before it began:\n${output}`);
  await removeUnbegun(launch).catch((error: unknown) => {
    log.error(isReportedError(error) ? error.message : String(error));
  });
  if (launch.stopAsked === true) return;
  const again = vscode.l10n.t('Show Output');
  const message = vscode.l10n.t('{0} could not be trained: {1}', launch.studyName, reasonIn(output));
  if ((await vscode.window.showErrorMessage(message, again)) === again)
    await vscode.commands.executeCommand(COMMANDS.showOutput);
}

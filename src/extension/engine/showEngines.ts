import * as vscode from 'vscode';
import { engineWord } from '../../common/engineWords';
import type { EngineReport } from '../../protocol/engine';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, SETTINGS } from '../ids';
import { decimal } from '../language';

interface EngineItem extends vscode.QuickPickItem {
  /** A value of the setting; undefined for an engine that has to be installed. */
  readonly choice: string | undefined;
}

/**
 * Lists the engines of this machine, with their speed or the reason why one cannot be used. A choice sets the setting.
 */
export async function showEngines(
  { engine, log }: Pick<ExtensionContextParts, 'engine' | 'log'>,
  chosen: string,
): Promise<void> {
  const reports = await tryEngines(engine);
  if (reports === undefined) return;
  for (const report of reports) log.info(`${engineWord(report.name)}: ${detailOf(report)}`);
  const running = engine.state.kind === 'running' ? engine.state.engine : undefined;
  const placeHolder =
    running === undefined
      ? vscode.l10n.t('No engine is running. Which engine should compute?')
      : vscode.l10n.t(
          'Running: {0} ({1}, {2}). Which engine should compute?',
          engineWord(running.name),
          running.version,
          running.device,
        );
  const title = vscode.l10n.t('Engines');
  const picked = await vscode.window.showQuickPick(itemsOf(reports, chosen), { title, placeHolder });
  if (picked === undefined || picked.choice === chosen) return;
  if (picked.choice === undefined) {
    await vscode.commands.executeCommand(COMMANDS.installNativeEngine);
    return;
  }
  const settings = vscode.workspace.getConfiguration(SETTINGS.section);
  await settings.update(SETTINGS.engine, picked.choice, vscode.ConfigurationTarget.Global);
  engine.restart();
}

/** @returns undefined if the person cancels */
async function tryEngines(engine: ExtensionContextParts['engine']): Promise<EngineReport[] | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Trying the engines of this machine'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (_, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    try {
      return await engine.request('engines', {}, { signal: controller.signal });
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    }
  });
}

function itemsOf(reports: readonly EngineReport[], chosen: string): EngineItem[] {
  const mark = (choice: string) => (choice === chosen ? '$(check) ' : '');
  const automatic = {
    label: `${mark('auto')}${vscode.l10n.t('Automatic')}`,
    detail: vscode.l10n.t('The fastest that works on this machine.'),
    choice: 'auto',
  };
  const items = reports.map((report) => {
    const name = engineWord(report.name);
    return {
      label: `${report.usable ? mark(name) : '$(warning) '}${name}`,
      // Only the native engine can be missing, because the other is embedded.
      description: report.usable
        ? `${report.version}, ${report.device}`
        : vscode.l10n.t('cannot be used · choose to install it'),
      detail: detailOf(report),
      choice: report.usable ? name : undefined,
    };
  });
  return [automatic, ...items];
}

function detailOf(report: EngineReport): string {
  if (report.usable) return vscode.l10n.t('Self-test: {0} ms', decimal(report.selfTestMilliseconds.toFixed(1)));
  return [report.reason, report.advice].filter((part) => part !== undefined).join('. ');
}

import * as vscode from 'vscode';
import { engineWord } from '../../common/engineWords';
import type { EngineReport } from '../../protocol/engine';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, SETTINGS } from '../ids';

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
      ? 'No engine is running. Which engine should compute?'
      : `Running: ${engineWord(running.name)} (${running.version}, ${running.device}). Which engine should compute?`;
  const picked = await vscode.window.showQuickPick(itemsOf(reports, chosen), { title: 'Engines', placeHolder });
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
    title: 'Trying the engines of this machine',
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
    label: `${mark('auto')}Automatic`,
    detail: 'The fastest that works on this machine.',
    choice: 'auto',
  };
  const items = reports.map((report) => {
    const name = engineWord(report.name);
    return {
      label: `${report.usable ? mark(name) : '$(warning) '}${name}`,
      description: report.usable ? `${report.version}, ${report.device}` : 'cannot be used',
      detail: detailOf(report),
      choice: report.usable ? name : undefined,
    };
  });
  return [automatic, ...items.map((item) => (item.choice === undefined ? installable(item) : item))];
}

/** Only the native engine can be missing, because the other is embedded. */
function installable<T extends vscode.QuickPickItem>(item: T): T {
  return { ...item, description: `${item.description ?? ''} · choose to install it` };
}

function detailOf(report: EngineReport): string {
  if (report.usable) return `Self-test: ${report.selfTestMilliseconds.toFixed(1)} ms`;
  return [report.reason, report.advice].filter((part) => part !== undefined).join('. ');
}

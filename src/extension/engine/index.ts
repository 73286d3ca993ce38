/** The engine process in the editor: which engine it takes, and its commands. */
import * as vscode from 'vscode';
import { engineWord } from '../../common/engineWords';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, SETTINGS } from '../ids';
import { connectEngine, type EngineClient } from './engineClient';

export type { EngineClient, EngineState } from './engineClient';

/** Creates the client. It starts no process before the first request. The caller disposes it. */
export function createEngineClient({ context, log }: Pick<ExtensionContextParts, 'context' | 'log'>): EngineClient {
  const client = connectEngine({
    program: context.asAbsolutePath('dist/engine.js'),
    choice: () => (vscode.workspace.isTrusted ? chosenEngine() : 'none'),
    env: cacheEnvironment,
    texts: {
      died: (how) => vscode.l10n.t('The engine process ended ({0}). The next request starts it again.', how),
      restarted: () => vscode.l10n.t('The engine was restarted: try again.'),
      stopped: () => vscode.l10n.t('The engine was stopped.'),
    },
    log,
  });
  context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(() => client.restart()));
  return client;
}

/** Passes on the limit of kept results if the setting is set; otherwise the environment's own value counts. */
function cacheEnvironment(): NodeJS.ProcessEnv {
  const limit = vscode.workspace.getConfiguration(SETTINGS.section).inspect<number>(SETTINGS.cacheLimit);
  const megabytes = limit?.workspaceValue ?? limit?.globalValue;
  return megabytes === undefined ? {} : { EPOCHLENS_RESULTS_LIMIT_MB: String(megabytes) };
}

function chosenEngine(): string {
  return vscode.workspace.getConfiguration(SETTINGS.section).get<string>(SETTINGS.engine, 'auto');
}

export function registerEngineCommands(
  parts: Pick<ExtensionContextParts, 'log' | 'engine' | 'selection'>,
): vscode.Disposable {
  const { engine } = parts;
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.restartEngine, () => {
      engine.restart();
      vscode.window.setStatusBarMessage(
        vscode.l10n.t('EpochLens: the next computation starts the engine again.'),
        5000,
      );
    }),
    registerCommand(parts, COMMANDS.showEngines, async () => {
      const { showEngines } = await import('./showEngines');
      await showEngines(parts, engineWord(chosenEngine()));
    }),
  );
}

/** The engine process in the editor: which engine it takes, and its commands. */
import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, SETTINGS } from '../ids';
import { connectEngine, type EngineClient } from './engineClient';
import { showEngines } from './showEngines';

export type { EngineClient, EngineState } from './engineClient';

/** Starts nothing: the first request does. The caller disposes it. */
export function createEngineClient({ context, log }: Pick<ExtensionContextParts, 'context' | 'log'>): EngineClient {
  const client = connectEngine({
    program: context.asAbsolutePath('dist/engine.js'),
    choice: () => (vscode.workspace.isTrusted ? chosenEngine() : 'none'),
    log,
  });
  context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(() => client.restart()));
  return client;
}

function chosenEngine(): string {
  return vscode.workspace.getConfiguration(SETTINGS.section).get<string>(SETTINGS.engine, 'auto');
}

export function registerEngineCommands(parts: Pick<ExtensionContextParts, 'log' | 'engine'>): vscode.Disposable {
  const { engine } = parts;
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.restartEngine, () => {
      engine.restart();
      vscode.window.setStatusBarMessage('EpochLens: the engine starts anew with the next computation.', 5000);
    }),
    registerCommand(parts, COMMANDS.showEngines, () => showEngines(parts, chosenEngine())),
  );
}

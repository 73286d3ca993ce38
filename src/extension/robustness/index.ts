/** Perturbation tests in VS Code: lenses, the Test Explorer, the robustness panel, and commands on images. */
import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, CONTEXT_KEYS } from '../ids';
import { cancelPerturbationsCommand, runInterrupted, runPerturbationsCommand } from './commands';
import { registerTestExplorer } from './explorer';
import { offerToRunAgain } from './runAgain';
import { registerTestLenses } from './lensProvider';
import { registerRobustnessPanel } from './panel';
import { createRobustnessTests } from './tests';

export function registerRobustness(parts: ExtensionContextParts): vscode.Disposable {
  const tests = createRobustnessTests(parts);
  let running = 0;
  const count = (by: number): void => {
    running += by;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.testing, running > 0);
  };
  return vscode.Disposable.from(
    tests,
    tests.onDidStart((job) => {
      count(1);
      job.onEnd(() => count(-1));
    }),
    registerCommand(parts, COMMANDS.runPerturbations, (target) => runPerturbationsCommand(parts, tests, target)),
    registerCommand(parts, COMMANDS.cancelPerturbations, (target) => cancelPerturbationsCommand(parts, tests, target)),
    offerToRunAgain(parts, tests, (run) => runInterrupted(parts, tests, run)),
    registerTestLenses(parts, tests),
    registerTestExplorer(parts, tests),
    registerRobustnessPanel(parts, tests),
  );
}

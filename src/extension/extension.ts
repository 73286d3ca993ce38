import type * as vscode from 'vscode';
import { registerCommands } from './commands';
import type { CoreParts } from './coreParts';
import { registerEditor } from './editor';
import { registerKeeping } from './keeping';
import { createRunDamage } from './keeping/damage';
import { createLog } from './log';
import { createRunStore } from './runs/createRunStore';
import { followRenames } from './runs/followRenames';
import { registerSetup } from './setup';
import { registerFeaturesSoon } from './featuresSoon';
import { registerStatusBar } from './statusBar';
import { registerTraining } from './training';
import { registerTree } from './tree';
import { registerWeights } from './weights';

/** Registers what there is; nothing is read or computed here. Schemas and panels are loaded by what needs them. */
export function activate(context: vscode.ExtensionContext): void {
  const log = createLog();
  const runStore = createRunStore(context.workspaceState, log);
  const damage = createRunDamage();
  const core: CoreParts = { context, log, runStore, damage };
  context.subscriptions.push(
    ...[log, runStore, damage, followRenames(core)],
    ...[
      registerCommands(core),
      registerTraining(core),
      registerSetup(core),
      registerWeights(core),
      registerKeeping(core),
    ],
    ...[registerTree(core), registerStatusBar(core), registerEditor(core)],
    registerFeaturesSoon(core),
  );
}

import type * as vscode from 'vscode';
import { registerAbout } from './about';
import { registerCommands } from './commands';
import type { ExtensionContextParts } from './context';
import type { CoreParts } from './coreParts';
import { registerAttention } from './drift';
import { registerEditor } from './editor';
import { createEngineClient, registerEngineCommands } from './engine';
import { registerGallery } from './gallery';
import { registerHeatmaps } from './heatmaps';
import { registerKeeping } from './keeping';
import { createRunDamage } from './keeping/damage';
import { createLog } from './log';
import { registerMetrics } from './metrics';
import { registerMisclassified } from './misclassified';
import { registerRobustness } from './robustness';
import { registerReadOnlyTexts } from './readOnlyText';
import { registerReport } from './report';
import { createRunStore } from './runs/createRunStore';
import { followRenames } from './runs/followRenames';
import { rowButtons, type Manifest } from './runs/rowButtons';
import { createRunSelection } from './runs/selection';
import { registerRunsTable } from './runsTable';
import { registerSetup } from './setup';
import { registerStatusBar } from './statusBar';
import { registerSweep } from './sweep';
import type { SweepParts } from './sweep/sweepParts';
import { createSweepStore } from './sweep/sweepStore';
import { registerTraining } from './training';
import { registerTrust } from './trust';
import { registerTree } from './tree';
import { registerWeights } from './weights';

/** Registers what there is; nothing is read or computed here, and the engine process starts with its first request. */
export function activate(context: vscode.ExtensionContext): void {
  const log = createLog();
  const runStore = createRunStore(context.workspaceState, log);
  const damage = createRunDamage();
  const core: CoreParts = {
    context,
    log,
    runStore,
    damage,
    selection: createRunSelection(rowButtons(context.extension.packageJSON as Manifest)),
  };
  const sweeping: SweepParts = { ...core, sweeps: createSweepStore(runStore, log) };
  const engine = createEngineClient(core);
  const parts: ExtensionContextParts = { ...core, engine };
  context.subscriptions.push(
    log,
    runStore,
    sweeping.sweeps,
    damage,
    followRenames(core),
    registerReadOnlyTexts(),
    registerCommands(core),
    registerTraining(core),
    registerSetup(core),
    registerReport(core),
    registerKeeping(core),
    registerAbout(core),
    registerTree(sweeping),
    registerStatusBar(sweeping),
    registerEditor(sweeping),
    registerSweep(sweeping),
    engine,
    registerWeights({ ...core, engine }),
    registerEngineCommands(parts),
    registerHeatmaps({ ...parts, runStore: core.runStore }),
    registerMetrics(parts),
    registerRunsTable(parts),
    registerGallery(parts),
    registerRobustness(parts),
    registerMisclassified(parts),
    registerAttention(parts),
    registerTrust(parts),
  );
}

import * as vscode from 'vscode';
import type { ExtensionContextParts } from './context';
import { COMMANDS, type CommandId } from './ids';

/** The commands that `registerFeatures` registers. */
const FEATURE_COMMANDS: readonly CommandId[] = [
  COMMANDS.showEngines,
  COMMANDS.restartEngine,
  COMMANDS.openHeatmaps,
  COMMANDS.showGradCam,
  COMMANDS.showGradCamForRun,
  COMMANDS.exportHeatmapsPng,
  COMMANDS.exportHeatmapsCsv,
  COMMANDS.copyHeatmaps,
  COMMANDS.runPerturbations,
  COMMANDS.cancelPerturbations,
  COMMANDS.showRobustness,
  COMMANDS.testRobustness,
  COMMANDS.testRobustnessForRun,
  COMMANDS.showMetrics,
  COMMANDS.openGallery,
  COMMANDS.showMistakes,
  COMMANDS.showAttention,
];

/** Registers the features after the activation. A command that is called earlier waits for them. */
export function registerFeaturesSoon(base: Omit<ExtensionContextParts, 'engine'>): vscode.Disposable {
  let features: vscode.Disposable | undefined;
  let disposed = false;
  const loaded = new Promise<void>((resolve, reject) => {
    setImmediate(() => void load().then(resolve, reject));
  });
  const placeholders = vscode.Disposable.from(
    ...FEATURE_COMMANDS.map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        await loaded;
        return vscode.commands.executeCommand(id, ...args);
      }),
    ),
  );

  async function load(): Promise<void> {
    const { registerFeatures } = await import('./features');
    placeholders.dispose();
    if (!disposed) features = registerFeatures(base);
  }

  loaded.catch((error: unknown) => base.log.error(error instanceof Error ? error : String(error)));
  return {
    dispose() {
      disposed = true;
      placeholders.dispose();
      features?.dispose();
    },
  };
}

/**
 * The features that talk to the engine process and to panels. Their message schemas take longer to load than an
 * activation may, so they are registered right after it.
 */
import * as vscode from 'vscode';
import type { ExtensionContextParts } from './context';
import { registerAttention } from './drift';
import { createEngineClient, registerEngineCommands } from './engine';
import { registerGallery } from './gallery';
import { registerHeatmaps } from './heatmaps';
import { registerMetrics } from './metrics';
import { registerMistakes } from './misclassified';
import { registerRobustness } from './robustness';

export function registerFeatures(base: Omit<ExtensionContextParts, 'engine'>): vscode.Disposable {
  const engine = createEngineClient(base);
  const parts: ExtensionContextParts = { ...base, engine };
  return vscode.Disposable.from(
    ...[engine, registerEngineCommands(parts)],
    ...[registerHeatmaps(parts), registerMetrics(parts), registerGallery(parts)],
    registerRobustness(parts),
    ...[registerMistakes(parts), registerAttention(parts)],
  );
}

/**
 * The features that talk to other programs: the engine and the panels. They check every message against schemas, which
 * take longer to load than an activation may; so they come right after it.
 */
import * as vscode from 'vscode';
import type { ExtensionContextParts } from './context';
import { registerAttention } from './drift';
import { createEngineClient, registerEngineCommands } from './engine';
import { registerGallery } from './gallery';
import { registerHeatmaps } from './heatmaps';
import { registerMetrics } from './metrics';
import { registerMisclassified } from './misclassified';
import { registerRobustness } from './robustness';

export function registerFeatures(base: Omit<ExtensionContextParts, 'engine'>): vscode.Disposable {
  const engine = createEngineClient(base);
  const parts: ExtensionContextParts = { ...base, engine };
  return vscode.Disposable.from(
    ...[engine, registerEngineCommands(parts)],
    ...[registerHeatmaps(parts), registerMetrics(parts), registerGallery(parts)],
    registerRobustness(parts),
    ...[registerMisclassified(parts), registerAttention(parts)],
  );
}

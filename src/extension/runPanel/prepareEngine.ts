/** What is done while a panel's page is still loading, so that its first heatmap has not to wait for it. */
import { readdir } from 'node:fs/promises';
import { runPaths } from '../../runs/paths';
import type { ExtensionContextParts } from '../context';

/**
 * Starts TensorFlow in the engine process where the run has no heatmaps that are kept: then some will be computed at
 * once. It is half a second of a processor and some hundred megabytes, which a panel that shows what is kept does
 * without, and whoever opens no panel.
 * @param run its folder, where there is a run to show
 */
export async function prepareEngine(engine: ExtensionContextParts['engine'], run: string | undefined): Promise<void> {
  if (run === undefined) return;
  const kept = await readdir(runPaths(run).results).catch((): string[] => []);
  if (kept.some((name) => name.startsWith('heatmaps-'))) return;
  // What is wrong with it is told to whoever asks for something.
  await engine.request('engine', {}).catch(() => undefined);
}

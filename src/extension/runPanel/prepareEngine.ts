/** Work that is done while a panel's page loads, so that the first heatmap does not wait for it. */
import { readdir } from 'node:fs/promises';
import { runPaths } from '../../runs/paths';
import type { ExtensionContextParts } from '../context';

/**
 * Starts TensorFlow in the engine process if the run has no kept heatmaps, because some will then be computed at once.
 * It costs half a second of a processor and some hundred megabytes, which a panel with kept heatmaps does not need.
 * @param run its folder, if there is a run to show
 */
export async function prepareEngine(engine: ExtensionContextParts['engine'], run: string | undefined): Promise<void> {
  if (run === undefined) return;
  const kept = await readdir(runPaths(run).results).catch((): string[] => []);
  if (kept.some((name) => name.startsWith('heatmaps-'))) return;
  // An error is reported by the request that needs the engine.
  await engine.request('engine', {}).catch(() => undefined);
}

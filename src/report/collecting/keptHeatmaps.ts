/** Which heatmaps of the study's images are kept, where nothing is to be computed. */
import type { ImageReference } from '../../protocol/engine';
import { NotComputedError, type CollectOptions } from './request';

/** Images that the same checkpoints have no maps of. */
export interface MissingHeatmaps {
  readonly images: readonly ImageReference[];
  readonly epochs: readonly number[];
}

/** @returns the images that all checkpoints have maps of, and what is missing of the others */
export async function keptHeatmaps(
  { request, run, study, epochs }: CollectOptions,
  images: readonly ImageReference[],
): Promise<{ readonly kept: readonly ImageReference[]; readonly missing: readonly MissingHeatmaps[] }> {
  if (images.length === 0) return { kept: [], missing: [] };
  const found = new Set<string>();
  const { method, layer } = study.explain;
  const params = { run: run.folder, epochs: [...epochs], images: [...images], method, layer };
  await request('explain', params, (value) => {
    if (value.kind === 'maps') for (const image of value.images) found.add(`${String(image)} ${String(value.epoch)}`);
  }).catch((error: unknown) => {
    if (!(error instanceof NotComputedError)) throw error;
  });
  const byEpochs = new Map<string, { images: ImageReference[]; epochs: number[] }>();
  const kept: ImageReference[] = [];
  for (const [at, image] of images.entries()) {
    const lacking = epochs.filter((epoch) => !found.has(`${String(at)} ${String(epoch)}`));
    const known = byEpochs.get(lacking.join()) ?? { images: [], epochs: lacking };
    if (lacking.length === 0) kept.push(image);
    else byEpochs.set(lacking.join(), { ...known, images: [...known.images, image] });
  }
  return { kept, missing: [...byEpochs.values()] };
}

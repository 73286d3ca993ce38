/** Heatmaps of images that checkpoints get wrong. */
import type { MisclassifiedFigure } from '../content';
import type { CollectOptions } from './request';
import { collectMaps, viewOf, type ImageHeatmaps } from './heatmapCells';

export interface ErrorLooks {
  figure(image: number, epoch: number): MisclassifiedFigure;
  /** What the last checkpoint makes of it. */
  last(image: number): ReturnType<typeof viewOf>;
}

/**
 * A checkpoint at a time, each of its own images; and the last one of all that the search found. */
export async function collectErrorHeatmaps(
  asking: CollectOptions,
  wanted: readonly { readonly epoch: number; readonly images: readonly number[] }[],
  lastEpoch: number,
): Promise<ErrorLooks> {
  const byEpoch = new Map<number, { readonly images: readonly number[]; readonly looks: ImageHeatmaps }>();
  const everything = new Map<number, Set<number>>([[lastEpoch, new Set()]]);
  for (const { epoch, images } of wanted) {
    const ofEpoch = everything.get(epoch) ?? new Set<number>();
    for (const image of images) {
      ofEpoch.add(image);
      everything.get(lastEpoch)?.add(image);
    }
    everything.set(epoch, ofEpoch);
  }
  for (const [epoch, set] of everything) {
    if (set.size === 0) continue;
    const images = [...set];
    const references = images.map((index) => ({ kind: 'set', set: 'test', index }) as const);
    byEpoch.set(epoch, { images, looks: await collectMaps(asking, references, [epoch], 'heatmaps of mistakes') });
  }
  const find = (image: number, epoch: number) => {
    const { images, looks } = byEpoch.get(epoch) as {
      readonly images: readonly number[];
      readonly looks: ImageHeatmaps;
    };
    const place = images.indexOf(image);
    return { image: looks.images[place] as MisclassifiedFigure['image'], views: looks.at(place, epoch) };
  };
  return {
    figure(index, epoch) {
      const { image, views } = find(index, epoch);
      const label = image.label as number;
      return { ...viewOf(views), image, ofLabel: views.probabilities[label] as number, labelMap: views.mapOf(label) };
    },
    last: (index) => viewOf(find(index, lastEpoch).views),
  };
}

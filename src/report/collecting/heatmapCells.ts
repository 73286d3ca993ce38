/** Heatmaps of test images, as figures show them. */
import { indexOfLargest, softmax } from '../../common/scores';
import { mapOfClass } from '../../explanations/classHeatmaps';
import { rowsOf } from '../../protocol/heatmapRows';
import type { FloatMap } from '../../imaging';
import type { ExplainedImage, ExplainMaps, ImageReference } from '../../protocol/engine';
import type { ReportImage, View } from '../content';
import type { CollectOptions } from './request';

/** What a checkpoint makes of an image, for every class. */
export interface ClassHeatmaps {
  readonly probabilities: readonly number[];
  readonly predicted: number;
  readonly mapOf: (target: number) => FloatMap;
}

export interface ImageHeatmaps {
  readonly layer: string;
  /** In the order asked for. */
  readonly images: readonly ReportImage[];
  at(image: number, epoch: number): ClassHeatmaps;
}

/** Images, all of the data set's, at checkpoints. */
export async function collectMaps(
  { request, run, study, progress }: CollectOptions,
  images: readonly ImageReference[],
  epochs: readonly number[],
  what: string,
): Promise<ImageHeatmaps> {
  const count = progress.count(what);
  const parts: ExplainMaps[] = [];
  let shown: readonly ExplainedImage[] = [];
  let layer = { name: '', height: 0, width: 0 };
  await request(
    'explain',
    {
      run: run.folder,
      epochs: [...epochs],
      images: [...images],
      method: study.explain.method,
      layer: study.explain.layer,
    },
    (value) => {
      if (value.kind === 'start') ({ images: shown, layer } = value);
      else {
        parts.push(value);
        count(value.done, value.of);
      }
    },
  );
  const found = new Map<string, ClassHeatmaps>();
  for (const part of parts) {
    for (const { position, heatmaps } of rowsOf(part, layer)) {
      const { logits, height, width } = heatmaps;
      const mapOf = (target: number): FloatMap => ({
        height,
        width,
        values: mapOfClass(heatmaps, target) as Float32Array,
      });
      found.set(`${position} ${part.epoch}`, {
        probabilities: softmax(logits),
        predicted: indexOfLargest(logits),
        mapOf,
      });
    }
  }
  return {
    layer: layer.name,
    images: shown.map(reportImage),
    at: (image, epoch) => found.get(`${image} ${epoch}`) as ClassHeatmaps,
  };
}

export function viewOf({ probabilities, predicted, mapOf }: ClassHeatmaps): View {
  return { predicted, confidence: probabilities[predicted] as number, map: mapOf(predicted) };
}

/** @throws Error for an image that cannot be used, which one of the data set always can */
export function reportImage(image: ExplainedImage): ReportImage {
  if (!image.usable) throw new Error(`${image.name}: ${image.problem}`);
  return { name: image.name, label: image.label, picture: image.picture };
}

/** Heatmaps kept in the run folder, a file for each image at each checkpoint, named by all that they depend on. */
import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import type { TargetLayer } from '../../architectures';
import { areFinite } from '../../common/scores';
import { loadBinaryResult, storeBinaryResult } from '../../runs';
import type { InputSettings } from '../../models/input';
import type { ClassHeatmaps, ImageToExplain } from './explain';
import { aboutNow } from '../madeBy';
import type { Model } from '../../models/model';

export const HEATMAPS_KIND = 'heatmaps';
/** Another number whenever the same inputs come to mean other maps. */
export const HEATMAPS_METHOD = 'gradcam 1';

export interface ExplanationInputs {
  readonly model: Model;
  readonly targetLayer: TargetLayer;
  readonly input: InputSettings;
}

export interface ExplanationStore {
  load(checkpointHash: string, imageHash: string): Promise<ClassHeatmaps | undefined>;
  store(checkpointHash: string, imageHash: string, maps: ClassHeatmaps): Promise<void>;
}

export function explanationStore(folder: string, { model, targetLayer, input }: ExplanationInputs): ExplanationStore {
  const { classes, architecture } = model;
  const { name: layer, height, width } = targetLayer;
  const area = height * width;
  const inputsOf = (checkpoint: string, image: string) => ({
    method: HEATMAPS_METHOD,
    byteOrder: endianness(),
    architecture,
    layer,
    input,
    checkpoint,
    image,
  });
  return {
    async load(checkpoint, image) {
      const bytes = await loadBinaryResult(folder, HEATMAPS_KIND, inputsOf(checkpoint, image));
      if (bytes?.byteLength !== 4 * classes * (1 + area)) return undefined;
      const values = new Float32Array(bytes.buffer, bytes.byteOffset, classes * (1 + area));
      // An older program kept what was no number.
      if (!areFinite(values)) return undefined;
      const maps = Array.from({ length: classes }, (_, target) => {
        const start = classes + target * area;
        return values.subarray(start, start + area);
      });
      return { logits: values.subarray(0, classes), maps, height, width };
    },
    async store(checkpoint, image, { logits, maps, batch }) {
      const bytes = new Uint8Array(heatmapValues(logits, maps).buffer);
      await storeBinaryResult(folder, HEATMAPS_KIND, inputsOf(checkpoint, image), bytes, {
        ...aboutNow(),
        ...(batch && { batch }),
      });
    },
  };
}

/** As they are kept: the logits, then each class's map. */
export function heatmapValues(logits: Float32Array, maps: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const values = new Float32Array(logits.length + maps.reduce((sum, { length }) => sum + length, 0));
  values.set(logits);
  let at = logits.length;
  for (const map of maps) {
    values.set(map, at);
    at += map.length;
  }
  return values;
}

/** What an image is, by its pixels alone: the same picture under another name has the same maps. */
export function imageHash({ height, width, pixels }: Pick<ImageToExplain, 'height' | 'width' | 'pixels'>): string {
  return createHash('sha256').update(`${height}×${width}:`).update(pixels).digest('hex');
}

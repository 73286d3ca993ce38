/** Heatmaps kept in the run folder, a file for each image at each checkpoint, named by all that they depend on. */
import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import type { StageDeclaration } from '../../architectures';
import { areFinite } from '../../common/scores';
import { loadBinaryResult, storeBinaryResult } from '../../runs';
import type { InputSettings } from '../data';
import type { ClassMaps, ImageToExplain } from './explain';
import type { Model } from '../models/model';

const KIND = 'heatmaps';
/** Another number whenever the same inputs come to mean other maps. */
const METHOD = 'gradcam 1';

export interface ExplanationInputs {
  readonly model: Model;
  readonly stage: StageDeclaration;
  readonly input: InputSettings;
}

export interface ExplanationStore {
  load(checkpointHash: string, imageHash: string): Promise<ClassMaps | undefined>;
  store(checkpointHash: string, imageHash: string, maps: ClassMaps): Promise<void>;
}

export function explanationStore(folder: string, { model, stage, input }: ExplanationInputs): ExplanationStore {
  const { classes, architecture } = model;
  const { name: layer, height, width } = stage;
  const area = height * width;
  const inputsOf = (checkpoint: string, image: string) => ({
    method: METHOD,
    byteOrder: endianness(),
    architecture,
    layer,
    input,
    checkpoint,
    image,
  });
  return {
    async load(checkpoint, image) {
      const bytes = await loadBinaryResult(folder, KIND, inputsOf(checkpoint, image));
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
    async store(checkpoint, image, { logits, maps }) {
      const values = new Float32Array(classes * (1 + area));
      values.set(logits);
      maps.forEach((map, target) => {
        values.set(map, classes + target * area);
      });
      await storeBinaryResult(folder, KIND, inputsOf(checkpoint, image), new Uint8Array(values.buffer));
    },
  };
}

/** What an image is, by its pixels alone: the same picture under another name has the same maps. */
export function imageHash({ height, width, pixels }: ImageToExplain): string {
  return createHash('sha256').update(`${height}×${width}:`).update(pixels).digest('hex');
}

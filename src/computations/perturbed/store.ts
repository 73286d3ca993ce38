/** A checkpoint's views of single images, clean and perturbed, kept in the run folder: a file each. */
import { endianness } from 'node:os';
import type { StageDeclaration } from '../../architectures';
import { loadBinaryResult, storeBinaryResult } from '../../runs';
import type { InputSettings } from '../../models/input';
import { aboutNow } from '../madeBy';
import type { Model } from '../../models/model';
import type { Sight } from '../robustness/predict';
import type { Drawn } from './samples';

export const VIEWS_KIND = 'views';
/** Another number whenever the same inputs come to mean other views. */
export const VIEWS_METHOD = 'views 1';

/** Of each, `checkpoint` and `image` are hashes; without a draw it is the clean image's view. */
export interface ViewStore {
  load(checkpoint: string, image: string, drawn?: Drawn): Promise<Sight | undefined>;
  store(checkpoint: string, image: string, sight: Sight, drawn?: Drawn): Promise<void>;
}

export interface ViewInputs {
  readonly model: Model;
  readonly stage: StageDeclaration;
  readonly input: InputSettings;
}

/** A file holds float64, so that what is kept says just what was computed: what is predicted, the degrees by which the image is turned, probabilities, the map. */
export function viewStore(folder: string, { model, stage, input }: ViewInputs): ViewStore {
  const { classes, architecture } = model;
  const length = 2 + classes + stage.height * stage.width;
  const inputsOf = (checkpoint: string, image: string, drawn: Drawn | undefined) => ({
    method: VIEWS_METHOD,
    byteOrder: endianness(),
    architecture,
    layer: stage.name,
    input,
    checkpoint,
    image,
    draw: drawn && {
      perturbation: { ...drawn.entry, rounds: undefined, images: undefined, expect: undefined },
      image: drawn.image,
      round: drawn.round,
    },
  });
  return {
    async load(checkpoint, image, drawn) {
      const bytes = await loadBinaryResult(folder, VIEWS_KIND, inputsOf(checkpoint, image, drawn));
      if (bytes?.byteLength !== 8 * length) return undefined;
      const [predicted = 0, degrees = 0, ...rest] = new Float64Array(bytes.buffer, bytes.byteOffset, length);
      return {
        predicted,
        degrees,
        probabilities: rest.slice(0, classes),
        map: Float32Array.from(rest.slice(classes)),
      };
    },
    async store(checkpoint, image, sight, drawn) {
      const bytes = new Uint8Array(viewValues(sight).buffer);
      await storeBinaryResult(folder, VIEWS_KIND, inputsOf(checkpoint, image, drawn), bytes, aboutNow());
    },
  };
}

/** As they are kept. */
export function viewValues({ predicted, degrees, probabilities, map }: Sight): Float64Array<ArrayBuffer> {
  return Float64Array.of(predicted, degrees, ...probabilities, ...map);
}

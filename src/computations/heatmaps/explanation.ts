import { indexOfLargest, softmax } from '../../common/scores';
import type { Box, Resize, Size } from '../../imaging';
import { isFlat, sharedScale } from '../../imaging/heatmap';
import type { OriginalPicture } from '../../imageFiles/pictureAtInput';
import type { ChosenMethod } from '../../explanations';
import type { ClassHeatmaps, ImageToExplain } from './explain';
import { mapOfClass } from '../../explanations/classHeatmaps';
import { classOf, type TargetClass } from './target';

/** A picture, and the part of it that its heatmap covers: both in the picture's pixels. */
export interface ResizedPicture extends Size {
  readonly resize: Resize;
  readonly inputBox: Box;
}

/** One heatmap with what the model says, as `explain --json` prints it. */
export interface Explanation {
  readonly image: string;
  /** The epoch, or null for weights that are no run's. */
  readonly checkpoint: number | null;
  readonly label: number | null;
  readonly predicted: number;
  /** Softmax of the logits. */
  readonly probabilities: readonly number[];
  readonly logits: readonly number[];
  readonly targetClass: number;
  /** The explanation method's id. */
  readonly method: string;
  /** All of the method's, defaults included; absent where it has none. */
  readonly parameters?: ChosenMethod['parameters'];
  /** Of a method of the input's resolution, "input". */
  readonly layer: string;
  /** Raw, before any scaling, at the layer's own resolution, row by row. */
  readonly heatmap: { readonly height: number; readonly width: number; readonly values: readonly number[] };
  /** Whether the map is the same everywhere, so that it points at nothing. */
  readonly flat: boolean;
  /** Of a method with a baseline: what the map sums to, but for the method's error. */
  readonly expectedSum?: number;
  /** Of a file that is not of the input's size. */
  readonly picture?: ResizedPicture;
}

/** Where the label is asked for and not known, the prediction stands in. */
export function toExplanation(
  image: Pick<ImageToExplain, 'name' | 'label' | 'original'>,
  result: ClassHeatmaps,
  asked: {
    readonly checkpoint: number | null;
    readonly method: ChosenMethod;
    readonly layer: string;
    readonly target: TargetClass;
  },
): Explanation {
  const predicted = indexOfLargest(result.logits);
  const targetClass = classOf(asked.target, image.label, result.logits);
  const map = mapOfClass(result, targetClass) as Float32Array;
  const { height, width } = result;
  return {
    image: image.name,
    checkpoint: asked.checkpoint,
    label: image.label,
    predicted,
    probabilities: softmax(result.logits),
    logits: [...result.logits],
    targetClass,
    method: asked.method.method.id,
    ...(Object.keys(asked.method.parameters).length > 0 && { parameters: asked.method.parameters }),
    layer: asked.layer,
    heatmap: { height, width, values: [...map] },
    flat: isFlat(sharedScale([{ height, width, values: map }])),
    ...(result.expectedSum !== undefined && { expectedSum: result.expectedSum }),
    ...(image.original && { picture: placed(image.original) }),
  };
}

function placed({ size: { height, width }, resize, box }: OriginalPicture): ResizedPicture {
  const inputBox = {
    left: box.left * width,
    top: box.top * height,
    width: box.width * width,
    height: box.height * height,
  };
  return { height, width, resize, inputBox };
}

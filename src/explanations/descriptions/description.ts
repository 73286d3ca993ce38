/** What an explanation method is, without what makes its maps: pages load no more of it. */
import type { ParameterRecords } from './parameters';

interface Described<Parameters extends ParameterRecords> {
  /** As its authors write it, in lower case. Study files and kept results name it: it never changes. */
  readonly id: string;
  /** As a person reads it: "Grad-CAM". */
  readonly name: string;
  /** What the map shows, in one sentence. */
  readonly description: string;
  /** The paper: "Selvaraju et al. 2017". */
  readonly source: string;
  /** Another number whenever the same inputs come to mean other maps: maps of an earlier version are not shown. */
  readonly version: number;
  /** They are part of a kept map's key; a method that draws random numbers has a `seed` among them. */
  readonly parameters: Parameters;
  /** Whether the published map keeps positive values only. `map` returns it before: rankings need its sign. */
  readonly rectified: boolean;
}

/** Of a method whose map is at the resolution of the layer, from its activations and their gradient. */
export interface LayerDescription<
  Parameters extends ParameterRecords = ParameterRecords,
> extends Described<Parameters> {
  readonly needs: 'activationsAndGradients';
  readonly resolution: 'layer';
  /**
   * Of a method that needs no backward pass where the gradient is the same at all positions. Those that are then linear
   * in the gradient give the same map there; the map of another is its own.
   */
  readonly closedForm?: 'linear' | 'own';
}

/** Of a method whose map is at the resolution of the input, from gradients by the image. */
export interface InputDescription<
  Parameters extends ParameterRecords = ParameterRecords,
> extends Described<Parameters> {
  readonly needs: 'inputGradient';
  readonly resolution: 'input';
}

/** Of a method whose map is at the resolution of the input, from predictions alone. */
export interface PredictionDescription<
  Parameters extends ParameterRecords = ParameterRecords,
> extends Described<Parameters> {
  readonly needs: 'predictions';
  readonly resolution: 'input';
}

export type MethodDescription = LayerDescription | InputDescription | PredictionDescription;

/** For a method without settings. */
export const NO_PARAMETERS = {};

type Declared<Description> = Omit<Description, 'needs' | 'resolution'>;

/** Describes a method that needs activations and gradients. */
export function ofLayer<const Parameters extends ParameterRecords>(
  declared: Declared<LayerDescription<Parameters>>,
): LayerDescription<Parameters> {
  return { ...declared, needs: 'activationsAndGradients', resolution: 'layer' };
}

/** Describes a method that needs gradients by the image. */
export function ofInputGradient<const Parameters extends ParameterRecords>(
  declared: Declared<InputDescription<Parameters>>,
): InputDescription<Parameters> {
  return { ...declared, needs: 'inputGradient', resolution: 'input' };
}

/** Describes a method that needs predictions alone. */
export function ofPredictions<const Parameters extends ParameterRecords>(
  declared: Declared<PredictionDescription<Parameters>>,
): PredictionDescription<Parameters> {
  return { ...declared, needs: 'predictions', resolution: 'input' };
}

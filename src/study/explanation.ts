import { declareNetwork, isProblem, resolveLayer, type AnyNetwork, type Declaration } from '../architectures';
import { isReportedError } from '../common/errors';
import { chooseMethod, laterMethodKey, methodKey } from '../explanations';
import type { Study } from './schema';

/** Whose heatmaps a study asks for, as kept results name it. */
export interface ExplanationIn {
  /** See `laterMethodKey`. */
  readonly key: ReturnType<typeof laterMethodKey>;
  /** The same, of 'gradcam 1' too. */
  readonly fullKey: ReturnType<typeof methodKey>;
  /** The target layer's name, or "input" of a method of the input's resolution. */
  readonly layer: string;
}

/** Undefined where the network has no such layer, or the method does not fit it. @param classes of the data set */
export function explanationIn(
  { explain, model }: Pick<Study, 'explain' | 'model'>,
  network: AnyNetwork,
  classes: number,
): ExplanationIn | undefined {
  try {
    const chosen = chooseMethod(explain.method, explain.parameters);
    const keys = { key: laterMethodKey(chosen), fullKey: methodKey(chosen) };
    if (chosen.method.resolution === 'input') return { ...keys, layer: 'input' };
    const layer = resolveLayer(declaration(network, model.inputSize, classes), explain.layer);
    return isProblem(layer) ? undefined : { ...keys, layer: layer.name };
  } catch (error) {
    if (!isReportedError(error)) throw error;
    return undefined;
  }
}

const DECLARED = new WeakMap<AnyNetwork['architecture'], Map<string, Declaration>>();

/** Hundreds of runs are of one network. */
function declaration(network: AnyNetwork, inputSize: number, classes: number): Declaration {
  const key = `${inputSize} ${classes}`;
  const known = DECLARED.get(network.architecture) ?? new Map<string, Declaration>();
  DECLARED.set(network.architecture, known);
  const declared = known.get(key) ?? declareNetwork(network, inputSize, classes);
  known.set(key, declared);
  return declared;
}

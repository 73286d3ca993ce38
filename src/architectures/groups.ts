/** The parts of a network, by its modules, that are re-drawn together to see what heatmaps follow from. */
import type { StageOf, TensorDeclaration } from './architecture';

export interface ParameterGroup {
  /** "stem", "layer3", "blocks.6", "features.7-12", "conv_head" or "head". */
  readonly name: string;
  /** The names of its tensors, running statistics included. */
  readonly tensors: readonly string[];
}

/** `layer1` … of ResNets, `blocks.0` … of EfficientNet. */
export const stageByModules: StageOf = (tensor) => /^(layer\d+|blocks\.\d+)\./.exec(tensor)?.[1];

/**
 * In forward order: the stem (what comes before the first stage), the stages, what follows them by its first module, and
 * the head (the linear layers outside the stages, from the first on).
 * @param classifier the tensors of the head, where a network has linear layers before it
 */
export function parameterGroups(
  tensors: readonly TensorDeclaration[],
  stageOf: StageOf = stageByModules,
  classifier?: ReadonlySet<string>,
): ParameterGroup[] {
  const groups: { name: string; tensors: string[] }[] = [];
  const isHead = ({ name, role }: TensorDeclaration): boolean =>
    classifier?.has(name) ?? (role === 'linear' && stageOf(name) === undefined);
  const found = tensors.findIndex(isHead);
  const head = found < 0 ? tensors.length : found;
  let hasStages = false;
  let behind: string | undefined;
  const groupOf = (tensor: string, at: number): string => {
    const stage = stageOf(tensor);
    // Blocks may have linear layers, too.
    if (at >= head && stage === undefined) return 'head';
    hasStages ||= stage !== undefined;
    return stage ?? (hasStages ? (behind ??= tensor.replace(/\..*/, '')) : 'stem');
  };
  for (const [at, { name: tensor }] of tensors.entries()) {
    const name = groupOf(tensor, at);
    const last = groups.at(-1);
    if (last?.name === name) last.tensors.push(tensor);
    else groups.push({ name, tensors: [tensor] });
  }
  return groups;
}

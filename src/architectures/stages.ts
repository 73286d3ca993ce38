import type { TargetLayer } from './declare';

/**
 * The stage that a layer's name means: `auto` the last one, whose feature map the classifier averages; a group such as
 * `layer4` or `blocks.6` its last block, as `model.layer4[-1]` does in PyTorch. Undefined where there is none.
 */
export function findTargetLayer(targetLayers: readonly TargetLayer[], layer: string): TargetLayer | undefined {
  if (layer === 'auto') return targetLayers.at(-1);
  return targetLayers.findLast(({ name }) => name === layer || isBlockOf(name, layer));
}

function isBlockOf(name: string, group: string): boolean {
  return name.startsWith(`${group}.`) && /^\d+$/.test(name.slice(group.length + 1));
}

import type { Declaration, TargetLayer } from './declare';

/**
 * The target layer that a name means: `auto` the architecture's default; a group such as `layer4`, `blocks.6`, `s4` or `stages.3`
 * its last block, as `model.layer4[-1]` does in PyTorch. Undefined where there is none.
 */
export function findTargetLayer(
  { targetLayers, defaultLayer }: Pick<Declaration, 'targetLayers' | 'defaultLayer'>,
  layer: string,
): TargetLayer | undefined {
  if (layer === 'auto') return defaultLayer;
  return targetLayers.findLast(
    ({ name, aliases = [] }) => [name, ...aliases].includes(layer) || isBlockOf(name, layer),
  );
}

function isBlockOf(name: string, group: string): boolean {
  return name.startsWith(`${group}.`) && /^(b|blocks\.)?\d+$/.test(name.slice(group.length + 1));
}

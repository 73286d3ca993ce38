import type { StageDeclaration } from './declare';

/**
 * The stage that a layer's name means: `auto` the last one, whose feature map the classifier averages; a group such as
 * `layer4` or `blocks.6` its last block, as `model.layer4[-1]` does in PyTorch. Undefined where there is none.
 */
export function findStage(stages: readonly StageDeclaration[], layer: string): StageDeclaration | undefined {
  if (layer === 'auto') return stages.at(-1);
  return stages.findLast(({ name }) => name === layer || isBlockOf(name, layer));
}

function isBlockOf(name: string, group: string): boolean {
  return name.startsWith(`${group}.`) && /^\d+$/.test(name.slice(group.length + 1));
}

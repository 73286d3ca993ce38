import { InputError } from '../../common/errors';
import type { StageDeclaration } from '../../architectures';
import type { Model } from '../models/model';

/**
 * The stage that a name means: `auto` is the last one, whose feature map the classifier averages; a group such as
 * `layer4` or `blocks.6` means its last block, as `model.layer4[-1]` does in PyTorch.
 * @throws InputError that lists the names there are
 */
export function targetStage(model: Model, layer: string): StageDeclaration {
  const last = lastStage(model);
  if (layer === 'auto') return last;
  const stage = model.stages.findLast(({ name }) => name === layer || isBlockOf(name, layer));
  if (stage !== undefined) return stage;
  throw new InputError('no such layer', {
    place: 'layer',
    found: JSON.stringify(layer),
    expected: `auto or one of ${model.stages.map(({ name }) => name).join(', ')} for ${model.architecture}`,
  });
}

function isBlockOf(name: string, group: string): boolean {
  return name.startsWith(`${group}.`) && /^\d+$/.test(name.slice(group.length + 1));
}

export function lastStage(model: Model): StageDeclaration {
  return model.stages.at(-1) as StageDeclaration;
}

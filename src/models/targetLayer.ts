import { findStage, type StageDeclaration } from '../architectures';
import { InputError } from '../common/errors';
import type { Model } from './model';

/**
 * The stage that a name means, as `findStage` has it.
 * @param place where the person wrote it
 * @throws InputError that lists the names there are
 */
export function targetStage(model: Model, layer: string, place = 'layer'): StageDeclaration {
  const stage = findStage(model.stages, layer);
  if (stage !== undefined) return stage;
  throw new InputError('no such layer', {
    place,
    found: JSON.stringify(layer),
    expected: `auto or one of ${model.stages.map(({ name }) => name).join(', ')} for ${model.architecture}`,
  });
}

export function lastStage(model: Model): StageDeclaration {
  return model.stages.at(-1) as StageDeclaration;
}

/** What a run's model can be looked at by: pure, and so answered without the engine. */
import { declareArchitecture, type StageDeclaration } from '../../architectures';
import type { Study } from '../../study';

/** In forward order; the last one is what "auto" means. Each with the size of its map. */
export function layersOf({ model }: Pick<Study, 'model'>, classes = 10): readonly StageDeclaration[] {
  return declareArchitecture(model.architecture, model.inputSize, classes).stages;
}

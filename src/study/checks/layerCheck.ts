/** Whether the network has the layer whose activations are to be explained. */
import { isFusionName, isProblem, resolveLayer } from '../../architectures';
import { METHODS } from '../../explanations';
import { nearest } from '../nearest';
import { declarationIfReadable } from '../network';
import type { Check } from './check';

export const layerCheck: Check = {
  reads: [['model'], ['explain', 'layer'], ['explain', 'method']],
  async remarks({ study, folder }) {
    const { model, explain } = study;
    const declared = await declarationIfReadable(study, folder);
    if (declared === undefined) return [];
    const resolved = resolveLayer(declared, explain.layer);
    const wrong = { code: 'unknownLayer', severity: 'error', path: ['explain', 'layer'] } as const;
    if (!isProblem(resolved)) {
      const method = METHODS.find(({ id }) => id === explain.method);
      if (resolved.fusion === undefined || method?.resolution !== 'input') return [];
      const found = JSON.stringify(explain.layer);
      return [{ ...wrong, summary: `${method.name} has no layers to fuse`, found, expected: 'one layer' }];
    }
    const { summary, found, expected } = resolved;
    if (isFusionName(explain.layer))
      return [{ ...wrong, summary: `${summary} in ${model.architecture}`, found, expected }];
    const names = declared.targetLayers.map(({ name }) => name);
    const meant = nearest(explain.layer, names);
    return [
      {
        ...wrong,
        summary: `${summary} in ${model.architecture}`,
        found,
        expected: `"auto", which is the last, or one of ${names.join(', ')}`,
        ...(meant === undefined ? {} : { advice: `Did you mean "${meant}"?` }),
      },
    ];
  },
};

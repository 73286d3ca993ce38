/** Whether the network has the layer whose activations are to be explained. */
import { declareArchitecture, findTargetLayer } from '../../architectures';
import { classNamesOf } from '../../datasets';
import { nearest } from '../nearest';
import type { Check } from './check';

export const layerCheck: Check = {
  reads: [['model'], ['explain', 'layer']],
  remarks({ study: { model, dataset, explain } }) {
    const declared = declareArchitecture(model.architecture, model.inputSize, classNamesOf(dataset).length);
    if (findTargetLayer(declared, explain.layer) !== undefined) return [];
    const names = declared.targetLayers.map(({ name }) => name);
    const meant = nearest(explain.layer, names);
    return [
      {
        code: 'unknownLayer',
        severity: 'error',
        path: ['explain', 'layer'],
        summary: `no such layer in ${model.architecture}`,
        found: JSON.stringify(explain.layer),
        expected: `"auto", which is the last, or one of ${names.join(', ')}`,
        ...(meant === undefined ? {} : { advice: `Did you mean "${meant}"?` }),
      },
    ];
  },
};

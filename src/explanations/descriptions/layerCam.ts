import { NO_PARAMETERS, ofLayer } from './description';

export const LAYER_CAM = ofLayer({
  id: 'layercam',
  name: 'LayerCAM',
  description: 'Weighs each position of each channel by its own positive gradient, which keeps detail at early layers.',
  source: 'Jiang et al. 2021',
  version: 1,
  parameters: NO_PARAMETERS,
  rectified: true,
  closedForm: 'own',
});

import { NO_PARAMETERS, ofLayer } from './description';

export const GRAD_CAM = ofLayer({
  id: 'gradcam',
  name: 'Grad-CAM',
  description: "Weighs each channel by its gradient's mean over all positions.",
  source: 'Selvaraju et al. 2017',
  version: 1,
  parameters: NO_PARAMETERS,
  rectified: true,
  closedForm: 'linear',
});

import { NO_PARAMETERS, ofLayer } from './description';

export const X_GRAD_CAM = ofLayer({
  id: 'xgradcam',
  name: 'XGrad-CAM',
  description: "Weighs each channel by its gradient's mean, in which active positions count for more.",
  source: 'Fu et al. 2020',
  version: 1,
  parameters: NO_PARAMETERS,
  rectified: true,
  closedForm: 'linear',
});

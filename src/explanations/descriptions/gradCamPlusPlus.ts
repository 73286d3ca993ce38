import { NO_PARAMETERS, ofLayer } from './description';

export const GRAD_CAM_PLUS_PLUS = ofLayer({
  id: 'gradcam++',
  name: 'Grad-CAM++',
  description:
    'Weighs each channel by its positive gradients, the more the less it is active: it shows several objects of a class.',
  source: 'Chattopadhay et al. 2018',
  version: 1,
  parameters: NO_PARAMETERS,
  rectified: true,
  closedForm: 'own',
});

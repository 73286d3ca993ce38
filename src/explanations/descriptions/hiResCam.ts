import { NO_PARAMETERS, ofLayer } from './description';

export const HI_RES_CAM = ofLayer({
  id: 'hirescam',
  name: 'HiResCAM',
  description:
    'Multiplies activations and gradients position by position, without averaging: it shows what adds to the score.',
  source: 'Draelos and Carin 2020',
  version: 1,
  parameters: NO_PARAMETERS,
  rectified: true,
  closedForm: 'linear',
});

import { ofPredictions } from './description';
import { FILL } from './fill';

export const OCCLUSION = ofPredictions({
  id: 'occlusion',
  name: 'Occlusion',
  description: 'Hides one window of the image after the other, and tells how far the class’s probability falls.',
  source: 'Zeiler and Fergus 2014',
  version: 1,
  parameters: {
    window: { kind: 'whole', default: 8, minimum: 1, maximum: 512, description: 'The side of the window, in pixels.' },
    stride: {
      kind: 'whole',
      default: 4,
      minimum: 1,
      maximum: 512,
      description:
        'How far windows are apart, in pixels: at most the window’s side, so that all of the image is hidden once.',
    },
    fill: FILL,
  },
  rectified: false,
});

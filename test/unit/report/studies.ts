/** Made-up numbers of the studies of trust, at two checkpoints. */
import { calibrate } from '../../../src/measures/calibration/calibrate';
import type { StudiesContent } from '../../../src/report/studies';
import { estimateOf, rateOf } from '../statistics/samples';

const point = (epoch: number) => ({
  epoch,
  images: 30,
  accuracy: rateOf(10 + epoch, 30),
  confidence: estimateOf(0.9),
  scores: [
    {
      score: 'deletion' as const,
      estimate: estimateOf(0.3 - 0.1 * epoch, 0.02),
      curves: [],
      perImage: [],
      controls: [
        {
          control: 'random' as const,
          estimate: estimateOf(0.3, 0.02),
          difference: estimateOf(-0.1 * epoch, 0.02),
          curves: [],
          perImage: [],
        },
      ],
    },
    { score: 'sparseness' as const, estimate: estimateOf(0.5), curves: [], controls: [], perImage: [] },
  ],
});

/** Sure of the label's class in three images of four. */
const logits = Float32Array.from({ length: 200 * 2 }, (_, at) => (at % 2 === Number(at % 8 === 0) ? 2 : 0));

export const STUDIES: StudiesContent = {
  faithfulness: {
    images: 30,
    methods: [{ id: 'gradcam', name: 'Grad-CAM', layer: 'layer3.2', points: [point(0), point(1)] }],
  },
  calibration: {
    epochs: [0, 1].map((epoch) => ({ epoch, calibration: calibrationOf() })),
  },
};

function calibrationOf() {
  return calibrate({
    test: { logits, labels: new Uint8Array(200), classes: 2 },
    validation: undefined,
    perturbed: [{ entry: 0, title: 'occlusion 10', rounds: [logits.slice().reverse()] }],
  });
}

/** Made-up numbers of the studies of trust, at two checkpoints. */
import { calibrate } from '../../../src/measures/calibration/calibrate';
import { LOCALISATION_CONTROLS } from '../../../src/measures/localisation/measures';
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
  sanity: {
    images: 30,
    methods: [
      {
        id: 'gradcam',
        method: { name: 'Grad-CAM' },
        layer: { name: 'layer3.2' },
        classSensitivity: [0, 1].map((epoch) => ({ epoch, ...compared(0.9 - 0.8 * epoch) })),
        randomisation: {
          epoch: 1,
          seed: 0,
          draws: 3,
          trainingImages: 512,
          cascading: [
            { group: 'head', groups: ['head'], draws: [0.2], ...compared(0.2) },
            { group: 'stem', groups: ['stem', 'head'], draws: [0.1], ...compared(0.1) },
          ],
          alone: ['head', 'stem'].map((group) => ({ group, groups: [group], draws: [0.2], ...compared(0.2) })),
        },
        against: null,
      },
    ],
  },
  localisation: {
    images: 20,
    mosaics: 10,
    maskArea: 0.25,
    methods: [{ id: 'gradcam', name: 'Grad-CAM', layer: 'layer3.2', points: [0, 1].map(localised) }],
  },
  agreement: {
    images: 8,
    compared: [
      {
        methods: [
          { id: 'gradcam', name: 'Grad-CAM', parameters: {}, layer: { name: 'layer3.2', height: 8, width: 8 } },
          { id: 'smoothgrad', name: 'SmoothGrad', parameters: {}, layer: { name: 'input', height: 32, width: 32 } },
        ],
        pairs: [{ a: 0, b: 1, height: 8, width: 8, isSame: false }],
        epochs: [0, 1].map((epoch) => ({
          epoch,
          pairs: [{ spearman: estimateOf(0.25 * epoch, 0.02), topOverlap: estimateOf(0.375, 0.02) }],
        })),
      },
    ],
  },
  calibration: {
    epochs: [0, 1].map((epoch) => ({ epoch, calibration: calibrationOf() })),
  },
};

/** Maps whose rank correlation is `signed`. */
function compared(signed: number) {
  const agreement = (mean: number) => ({
    signed: estimateOf(mean, 0.05),
    spearman: estimateOf(mean, 0.05),
    topOverlap: estimateOf(0.5, 0.05),
    ssim: estimateOf(0.5, 0.05),
    compared: 30,
    of: 30,
  });
  return {
    ...agreement(signed),
    chance: agreement(0),
    aboveChance: estimateOf(signed, 0.05),
    verdict: signed > 0.5 ? ('alike' as const) : ('different' as const),
  };
}

function localised(epoch: number) {
  const measure = {
    estimate: estimateOf(0.25 + 0.5 * epoch, 0.05),
    values: [],
    controls: LOCALISATION_CONTROLS.map((id) => ({
      id,
      estimate: estimateOf(0.25, 0.05),
      difference: estimateOf(0.5 * epoch, 0.05),
    })),
  };
  return {
    epoch,
    masked: { energy: measure, pointing: measure, mass: measure, rank: measure },
    focus: { estimate: estimateOf(0.625, 0.05), values: [], aboveChance: estimateOf(0.125, 0.05) },
  };
}

function calibrationOf() {
  return calibrate({
    test: { logits, labels: new Uint8Array(200), classes: 2 },
    validation: undefined,
    perturbed: [{ entry: 0, title: 'occlusion 10', rounds: [logits.slice().reverse()] }],
  });
}

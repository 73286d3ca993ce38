/** Every measure whose numbers stand in the report: what it is of, its range, and what its ends mean. */
import { findTargetLayer } from '../../architectures';
import { declarationOfRun } from '../../runs';
import { SETTLED_SPEARMAN } from '../../measures/drift/settling';
import { ssimWindow } from '../../measures/similarity/ssim';
import type { AttentionContent, RunContent } from '../content';
import { entry, group, type Methods, type MethodsEntry } from './entry';

export const measureMethods: Methods = (run) =>
  group('Measures', [
    entry(
      'Accuracy',
      'The share of images whose highest logit is of their label, in per cent: 100 is all of them, and guessing among n classes has 100/n. Training accuracy is of the training images as they were met during the epoch.',
    ),
    ...(run.misclassified.there && run.misclassified.value.fates !== null ? [fates()] : []),
    ...(run.robustness.there || run.perturbed.there ? robustness() : []),
    ...(run.robustness.there || run.perturbed.there || run.attention.there ? similarity(run) : []),
    ...(run.attention.there ? drift(run.attention.value) : []),
  ]);

function fates(): MethodsEntry {
  return entry(
    'Fates and forgetting',
    'A test image is “learned” where it is wrong at first, then right and never wrong again; “forgotten” where it is right at some epoch and wrong at the last; “unsettled” where it is right at the last and was forgotten on the way. A forgetting event is an epoch that is wrong where the one before was right, here of test images and between checkpoints.',
    'toneva2019forgetting',
  );
}

function robustness(): MethodsEntry[] {
  return [
    entry(
      'Confidence drop',
      'The probability (softmax) of the class that is predicted of the clean image, less the same class’s probability of the perturbed image, −1 to 1: 0 is no change, 1 that a sure prediction lost all of its probability, negative that it rose. It is not “average drop”, which hides all but the heatmap.',
    ),
    entry(
      'Flip rate',
      'How often the prediction is another than that of the clean image, in per cent: 0 is never, 100 always.',
    ),
  ];
}

function similarity(run: RunContent): MethodsEntry[] {
  const cells = cellsOf(run);
  const window = cells && ssimWindow(cells);
  return [
    entry(
      'Rank correlation ρ',
      'Spearman’s, over the cells of two maps, ties by the mean of their ranks, −1 to 1: 1 is the same order of cells, 0 no relation, −1 the opposite order.',
    ),
    entry(
      'Overlap of the top 20 %',
      'What two maps have in common of their highest fifth of cells (rounded, one at least), of cells above zero, ties shared, 0 to 1: 1 is the same cells, 0 none, and two fifths at random have 0.2.',
    ),
    ...(run.robustness.there
      ? [
          entry(
            'SSIM',
            `Mean structural similarity over uniform windows${window === undefined ? '' : ` of ${window}×${window} cells`}, K₁ 0.01, K₂ 0.03, each map brought to 0 … 1 first, −1 to 1: 1 is the same map, 0 no common structure.`,
            'wang2004ssim',
          ),
        ]
      : []),
  ];
}

function cellsOf({ run, asked: { explain } }: RunContent) {
  return typeof explain.layer === 'string' ? findTargetLayer(declarationOfRun(run), explain.layer) : undefined;
}

function drift({ numbers }: AttentionContent): MethodsEntry[] {
  return [
    entry(
      'Shift of the centre',
      'How far the centre of mass of the map’s positive values moves, in sides of the map: 0 is not at all, √2 from corner to corner.',
    ),
    entry(
      'Settling',
      `Focus settles at the first of the checkpoints looked at from which on the map’s ρ with that of the last one stays at ${SETTLED_SPEARMAN} or above.`,
    ),
    entry(
      'Entropy and heat in the mask',
      'Entropy is of the map as a distribution over cells, over the logarithm of their number: 0 is one cell, 1 even. Heat in the mask is the share of it inside the object, where masks are known: 1 is all, and the mask’s share of the image what even heat would have.',
    ),
    ...(numbers.randomisation === null
      ? []
      : [
          entry(
            'Randomisation check',
            'How like the heatmaps of the untrained network are to those of the last checkpoint, for one class: near 1 a map says nothing of what was learned.',
            'adebayo2018sanity',
          ),
        ]),
  ];
}

/** What is said of a cell, also to screen readers. */
import * as l10n from '@vscode/l10n';
import { SIMILARITY_MEASURES, type SimilarityKey } from '../../../src/measures/similarity';
import { checkpointInText } from '../../common/checkpointText';
import { className, decimal, percent } from '../../common/text';
import { heatInWords } from '../../heat/inWords';
import { numberText } from '../tests/measures';
import { perturbedOf, predictionOf, type ImageRow, type ImageState } from './imageState';
import type { ImagePrediction, PerturbedPrediction, Round } from './perturbedStore';

const SHOWN = SIMILARITY_MEASURES.filter(({ shown }) => shown !== 'files');

export function confidenceOf({ probabilities, predicted }: ImagePrediction): number {
  return probabilities[predicted] ?? 0;
}

/** `gaussianNoise 0.1, round 1` */
export function rowText(row: ImageRow): string {
  return row.kind === 'clean' ? l10n.t('clean') : l10n.t('{0}, round {1}', row.entry.title, row.at.round + 1);
}

/** "round 1", and what it drew: "round 1: −12.3°". */
export function roundText({ store, image }: ImageState, { round, entry }: Round): string {
  const drawn = store.picture(image, { entry, round })?.drawn.text ?? '';
  return drawn === '' ? l10n.t('round {0}', round + 1) : l10n.t('round {0}: {1}', round + 1, drawn);
}

export function dropText({ drop }: PerturbedPrediction): string {
  return l10n.t('drop {0}', numberText(drop.ofPrediction, 3));
}

/** `ρ 0.83 · SSIM 0.71 · 20 % 0.60`, broken at its dots alone. */
export function similarityText({ similarity }: PerturbedPrediction): string {
  return SHOWN.map(({ key, short }) => `${short} ${numberText(similarity[key], 2)}`.replaceAll(' ', '\u00a0')).join(
    ' · ',
  );
}

/** "epoch 3", "the checkpoint" */
export function nameAt({ checkpoints }: ImageState, epoch: number): string {
  const checkpoint = checkpoints.find((each) => each.epoch === epoch);
  return checkpoint === undefined ? l10n.t('epoch {0}', epoch) : checkpointInText(checkpoint);
}

/** Whether another class is predicted than of the clean image. */
export function isFlipped(of: ImageState, row: ImageRow, epoch: number): boolean {
  const perturbed = perturbedOf(of, row, epoch);
  const clean = of.store.clean(of.image, epoch);
  return perturbed !== undefined && clean !== undefined && clean.predicted !== perturbed.predicted;
}

/** What is there to see: the prediction, its fall, and how alike the heatmaps are. */
export function verdictText(of: ImageState, row: ImageRow, epoch: number, computing: boolean): string {
  const prediction = predictionOf(of, row, epoch);
  if (prediction === undefined) return computing ? l10n.t('being computed') : l10n.t('not computed');
  const perturbed = perturbedOf(of, row, epoch);
  const parts = [predictionText(of, prediction)];
  if (isFlipped(of, row, epoch)) parts.push(l10n.t('The prediction flips.'));
  if (perturbed !== undefined) {
    const alike = SHOWN.map(({ key }) => `${similarityName(key)} ${numberText(perturbed.similarity[key], 3)}`).join(
      ', ',
    );
    parts.push(fallText(perturbed.drop.ofPrediction), l10n.t('Heatmap beside the clean one: {0}.', alike));
  }
  return parts.join(' ');
}

/** All of a cell, also where its heat lies. */
export function cellText(of: ImageState, row: ImageRow, epoch: number, computing: boolean): string {
  const prediction = predictionOf(of, row, epoch);
  const text = `${rowText(row)}, ${nameAt(of, epoch)}: ${verdictText(of, row, epoch, computing)}`;
  return prediction === undefined ? text : `${text} ${heatInWords(prediction)}`;
}

function predictionText({ view, label }: ImageState, prediction: ImagePrediction): string {
  const [name, confidence] = [className(view.classNames, prediction.predicted), percent(confidenceOf(prediction))];
  if (label === null) return l10n.t('{0}, {1}.', name, confidence);
  return prediction.predicted === label
    ? l10n.t('{0}, {1}, right.', name, confidence)
    : l10n.t('{0}, {1}, wrong: it is {2}.', name, confidence, className(view.classNames, label));
}

function fallText(drop: number): string {
  const size = decimal(Math.abs(drop).toFixed(4));
  if (Math.abs(drop) < 0.00005) return l10n.t('Confidence does not fall.');
  return drop > 0 ? l10n.t('Confidence falls by {0}.', size) : l10n.t('Confidence rises by {0}.', size);
}

/** How alike heatmaps are, within a sentence. */
export function similarityName(key: SimilarityKey): string {
  switch (key) {
    case 'spearman':
      return l10n.t('rank correlation');
    case 'pearson':
      return l10n.t('linear correlation');
    case 'ssim':
      return l10n.t('SSIM');
    case 'topOverlap':
      return l10n.t('top-20 % overlap');
  }
}

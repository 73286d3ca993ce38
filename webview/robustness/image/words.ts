/** The text of a cell, for screen readers. */
import { fallsText } from '../../../src/common/dropText';
import { SIMILARITY_MEASURES } from '../../../src/measures/similarity';
import { checkpointInText } from '../../common/checkpointText';
import { className, percent } from '../../common/text';
import { numberText } from '../tests/measures';
import type { PerturbedPrediction, Round, ImagePrediction } from './perturbedStore';
import { predictionOf, type ImageState, type ImageRow } from './imageState';

const SHOWN = SIMILARITY_MEASURES.filter(({ shown }) => shown !== 'files');

export function confidenceOf({ probabilities, predicted }: ImagePrediction): number {
  return probabilities[predicted] ?? 0;
}

/** `gaussianNoise 0.1, round 1` */
export function rowText(row: ImageRow): string {
  return row.kind === 'clean' ? 'clean' : `${row.entry.title}, round ${row.at.round + 1}`;
}

/** "round 1", and what it drew: "round 1: −12.3°". */
export function roundText({ store, image }: ImageState, { round, ...at }: Round): string {
  const text = store.picture(image, { ...at, round })?.drawn.text ?? '';
  return `round ${round + 1}${text === '' ? '' : `: ${text}`}`;
}

/** `ρ 0.83 · SSIM 0.71 · 20 % 0.60` */
export function similarityText({ similarity }: PerturbedPrediction): string {
  return SHOWN.map(({ key, short }) => `${short} ${numberText(similarity[key], 2)}`).join(' · ');
}

/** "epoch 3", "the checkpoint" */
export function nameAt({ model }: ImageState, epoch: number): string {
  const checkpoint = model.checkpoints.find((each) => each.epoch === epoch);
  return checkpoint === undefined ? `epoch ${epoch}` : checkpointInText(checkpoint);
}

export function cellText(of: ImageState, row: ImageRow, epoch: number, computing: boolean): string {
  const where = `${rowText(row)}, ${nameAt(of, epoch)}`;
  const sight = predictionOf(of, row, epoch);
  if (sight === undefined) return `${where}: ${computing ? 'being computed' : 'not computed'}`;
  const names = of.model.view.classNames;
  const verdict =
    of.label === null ? '' : sight.predicted === of.label ? ', right' : `, wrong: it is ${className(names, of.label)}`;
  const said = `${where}: ${className(names, sight.predicted)}, ${percent(confidenceOf(sight))}${verdict}.`;
  const perturbed = row.kind === 'clean' ? undefined : of.store.perturbed(of.image, row.at, epoch);
  if (perturbed === undefined) return said;
  const { similarity, drop } = perturbed;
  const clean = of.store.clean(of.image, epoch);
  const flipped = clean !== undefined && clean.predicted !== perturbed.predicted ? ' The prediction flips.' : '';
  const alike = SHOWN.map(({ key, name }) => `${name} ${numberText(similarity[key], 3)}`).join(', ');
  return `${said}${flipped} Confidence ${fallsText(drop.ofPrediction, 4)}. Heatmap beside the clean one: ${alike}.`;
}

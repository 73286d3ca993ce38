/** A cell in words. */
import * as l10n from '@vscode/l10n';
import { checkpointInText } from '../common/checkpointText';
import { className, imageName, percent, shortNumber } from '../common/text';
import { heatInWords } from '../heat';
import type { HeatmapsState, ShownHeatmap } from './heatmapsState';
import type { CellPlace } from './settings';

export function confidenceOf({ result }: ShownHeatmap): number {
  return result.probabilities[result.predicted] ?? 0;
}

/** Whether the prediction is right; null where the label is not known. */
export function isRight({ result, label }: ShownHeatmap): boolean | null {
  return label === null ? null : result.predicted === label;
}

/** The image, the checkpoint, and what it says of it, for screen readers. */
export function cellText(
  state: HeatmapsState,
  { image, epoch }: CellPlace,
  shown: ShownHeatmap | undefined,
  isPending: boolean,
): string {
  const checkpoint = state.checkpoints.find((each) => each.epoch === epoch);
  const when = checkpoint === undefined ? l10n.t('epoch {0}', epoch) : checkpointInText(checkpoint);
  return `${imageName(image)}, ${when}: ${answerText(state, shown, isPending)}`;
}

/** The prediction, and where its heat lies. */
export function answerText(
  { view: { classNames } }: HeatmapsState,
  shown: ShownHeatmap | undefined,
  isPending: boolean,
): string {
  if (shown === undefined) return isPending ? l10n.t('being computed') : l10n.t('not computed');
  return `${verdictText(shown, classNames)} ${mapText(shown, classNames)}`;
}

function verdictText(shown: ShownHeatmap, classNames: readonly string[]): string {
  const said = className(classNames, shown.result.predicted);
  const confidence = percent(confidenceOf(shown));
  if (shown.label === null) return l10n.t('{0}, {1}.', said, confidence);
  if (isRight(shown) === true) return l10n.t('{0}, {1}, right.', said, confidence);
  return l10n.t('{0}, {1}, wrong: it is {2}.', said, confidence, className(classNames, shown.label));
}

function mapText({ result, target, map, flat }: ShownHeatmap, classNames: readonly string[]): string {
  const name = className(classNames, target);
  if (flat) return l10n.t('The heatmap of {0} is flat: the same everywhere.', name);
  const { minimum, maximum } = result.range(target);
  const range = l10n.t('Heatmap of {0}, from {1} to {2}.', name, shortNumber(minimum), shortNumber(maximum));
  return `${range} ${heatInWords(map)}`;
}

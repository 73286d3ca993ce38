/** A cell in words. */
import * as l10n from '@vscode/l10n';
import { checkpointInText } from '../common/checkpointText';
import { className, imageName, percent, shortNumber } from '../common/text';
import { heatInWords } from '../heat';
import { subtractedText } from './compared';
import { rowName, type HeatmapsState } from './heatmapsState';
import type { CellPlace } from './settings';
import type { ShownCell } from './shownCell';

export function confidenceOf({ result }: ShownCell): number {
  return result.probabilities[result.predicted] ?? 0;
}

/** Whether the prediction is right; null where the label is not known. */
export function isRight({ result, label }: ShownCell): boolean | null {
  return label === null ? null : result.predicted === label;
}

/** The image, the method where there are several, the checkpoint, and what it says of it, for screen readers. */
export function cellText(
  state: HeatmapsState,
  place: CellPlace,
  shown: ShownCell | undefined,
  isPending: boolean,
): string {
  const { image, epoch } = place;
  const checkpoint = state.checkpoints.find((each) => each.epoch === epoch);
  const when = checkpoint === undefined ? l10n.t('epoch {0}', epoch) : checkpointInText(checkpoint);
  const method = state.explanations.length > 1 ? [rowName(state, place)] : [];
  return `${[imageName(image), ...method, when].join(', ')}: ${answerText(state, place, shown, isPending)}`;
}

/** The prediction, and where its heat lies. */
export function answerText(
  state: HeatmapsState,
  place: CellPlace,
  shown: ShownCell | undefined,
  isPending: boolean,
): string {
  const waiting = isPending ? l10n.t('being computed') : l10n.t('not computed');
  if (shown === undefined) return waiting;
  const verdict = verdictText(shown, state.view.classNames);
  if (shown.heat === undefined) return `${verdict} ${l10n.t('Its heatmap: {0}.', waiting)}`;
  return `${verdict} ${mapText(state, place, shown)}`;
}

function verdictText(shown: ShownCell, classNames: readonly string[]): string {
  const said = className(classNames, shown.result.predicted);
  const confidence = percent(confidenceOf(shown));
  if (shown.label === null) return l10n.t('{0}, {1}.', said, confidence);
  if (isRight(shown) === true) return l10n.t('{0}, {1}, right.', said, confidence);
  return l10n.t('{0}, {1}, wrong: it is {2}.', said, confidence, className(classNames, shown.label));
}

function mapText(state: HeatmapsState, place: CellPlace, { target, heat }: ShownCell): string {
  const name = className(state.view.classNames, target);
  const less = subtractedText(state, place);
  if (heat === undefined) return '';
  if (less !== undefined && heat.flat)
    return l10n.t('The heatmap of {0} does not differ from that of {1}.', name, less);
  if (heat.flat) return l10n.t('The heatmap of {0} is flat: the same everywhere.', name);
  const { minimum, maximum } = heat.range;
  const [least, greatest] = [shortNumber(minimum), shortNumber(maximum)];
  const range =
    less === undefined
      ? l10n.t('Heatmap of {0}, from {1} to {2}.', name, least, greatest)
      : l10n.t('Heatmap of {0} less that of {1}, from {2} to {3}.', name, less, least, greatest);
  return `${range} ${heatInWords(heat)}`;
}

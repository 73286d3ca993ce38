/** What is said of where relevance lies, the same in reports, panels and on the command line. */
import { counted } from '../../common/counted';
import { fixedText } from '../../common/numberText';
import { isAboveZero, noIntervalText, type Estimate } from '../../statistics';
import { controlOf } from '../faithfulness/controls';
import type { MeasuredLocalisation } from './measured';
import { LOCALISATION_MEASURES, type MeasureKey } from './measures';

/** A method's name and layer, and its checkpoints by epoch. */
export interface LocalisedMethod {
  readonly name: string;
  readonly layer: string;
  readonly points: readonly MeasuredLocalisation[];
}

/** How mosaics are made, and what Focus is. */
export const FOCUS_NOTE =
  'Focus (Arias-Duart et al. 2022) is the share of positive relevance for a class on its own two tiles of a 2 × 2 mosaic of two classes; 0.5 is chance. Tiles are whole test images, each shrunk to half of the input’s side.';

/** A sentence a control, of one measure: at the last checkpoint, and from which on the method beats the control. */
export function maskedTexts({ name, layer, points }: LocalisedMethod, key: MeasureKey = 'energy'): string[] {
  const of = points.flatMap(({ epoch, masked }) => (masked === null ? [] : [{ epoch, localised: masked[key] }]));
  const last = of.at(-1);
  if (last === undefined) return [];
  const measure = LOCALISATION_MEASURES.find((each) => each.key === key);
  const { estimate, controls } = last.localised;
  const whose = `the ${measure?.name ?? key} of ${methodText(name, layer)}`;
  if (estimate === null) return [`At epoch ${last.epoch} ${whose} cannot be said: all its maps are flat.`];
  const value = `At epoch ${last.epoch} ${whose} is ${estimateText(estimate)}.`;
  const beside = controls.map(({ id }, at) => {
    const differences = of.map(({ epoch, localised }) => ({
      epoch,
      value: localised.controls[at]?.difference ?? null,
    }));
    return `${name} ${beatsText(differences, controlOf(id).name)}.`;
  });
  return [value, ...beside];
}

/** A sentence on Focus at the last checkpoint, and one from which on it is above chance; none without mosaics. */
export function focusTexts({ name, layer, points }: LocalisedMethod): string[] {
  const of = points.flatMap(({ epoch, focus }) => (focus === null ? [] : [{ epoch, focus }]));
  const last = of.at(-1);
  if (last === undefined) return [];
  const whose = `Focus of ${methodText(name, layer)}`;
  if (last.focus.estimate === null) return [`At epoch ${last.epoch} ${whose} cannot be said: all its maps are flat.`];
  const differences = of.map(({ epoch, focus }) => ({ epoch, value: focus.aboveChance }));
  return [
    `At epoch ${last.epoch} ${whose} is ${estimateText(last.focus.estimate, 'mosaic')}.`,
    `${name} ${beatsText(differences, 'chance', 'mosaic')}.`,
  ];
}

interface Difference {
  readonly epoch: number;
  readonly value: Estimate | null;
}

/** "beats a random map from epoch 1 on (difference at epoch 6 0.080, 95 % 0.050…0.110, 500 images)" */
function beatsText(differences: readonly Difference[], control: string, noun = 'image'): string {
  const last = differences.at(-1) as Difference;
  if (last.value === null) return `cannot be compared with ${control}`;
  const note = `(difference at epoch ${last.epoch} ${valueText(last.value)}, ${noteText(last.value, noun)})`;
  const lost = differences.findLastIndex(({ value }) => !isAboveZero(value?.interval ?? null));
  const from = differences[lost + 1];
  if (from === undefined) {
    if (last.value.interval === null) return `cannot be said to beat ${control} ${note}`;
    return `does not beat ${control} at epoch ${last.epoch} ${note}`;
  }
  const everywhere =
    differences.length === 1 ? `at epoch ${from.epoch}` : `at all ${differences.length} checkpoints looked at`;
  return `beats ${control} ${lost === -1 ? everywhere : `from epoch ${from.epoch} on`} ${note}`;
}

function methodText(name: string, layer: string): string {
  return layer === 'input' ? name : `${name} at ${layer}`;
}

/** "0.812 (95 % 0.760…0.851, 20 images)" */
function estimateText(estimate: Estimate, noun = 'image'): string {
  return `${valueText(estimate)} (${noteText(estimate, noun)})`;
}

function valueText({ mean }: Estimate): string {
  return fixedText(mean, 3);
}

function noteText(estimate: Estimate, noun: string): string {
  const { n, interval } = estimate;
  const images = counted(n, noun);
  return interval === null
    ? `${images}: ${noIntervalText(estimate)}`
    : `95 % ${fixedText(interval.low, 3)}…${fixedText(interval.high, 3)}, ${images}`;
}

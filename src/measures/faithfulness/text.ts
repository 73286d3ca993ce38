/** What is said of faithfulness, the same in reports, panels and on the command line. */
import { capital } from '../../common/capital';
import { fixedText } from '../../common/numberText';
import { listed } from '../../common/listed';
import { imagesText, noIntervalText } from '../../statistics';
import type { Estimate } from '../../statistics/schemas';
import { beating, type Beating } from './beating';
import { controlOf, type ControlId } from './controls';
import type { MeasuredFaithfulness, Scored } from './measured';
import { scoreOf, SCORES, type FaithfulnessScore } from './scores';

/** What "from epoch E" means. */
export const BEATS_NOTE =
  'A map beats a control from epoch E on if at E and at every later checkpoint that was looked at the 95 % interval of ' +
  'the paired difference, the map’s score minus the control’s over the same images, excludes nought on the better side.';

/**
 * What a method's maps beat by each score, then what describes them: a sentence for each score.
 * @param maps "Grad-CAM at layer3.2" @param points by epoch, at least one
 */
export function faithfulnessSentences(maps: string, points: readonly MeasuredFaithfulness[]): string[] {
  const last = points.at(-1);
  if (last === undefined) return [];
  return SCORES.flatMap((score) => {
    const scored = last.scores.find((each) => each.score === score.id);
    if (scored === undefined) return [];
    const sentence =
      score.better === null ? describedText(maps, score, scored, last.epoch) : beatsText(maps, points, scored);
    return sentence === undefined ? [] : [sentence];
  });
}

/** "Deletion: Grad-CAM at layer3.2 beats a random map from epoch 1 (difference −0.08, …) and does not beat …" */
function beatsText(maps: string, points: readonly MeasuredFaithfulness[], scored: Scored): string | undefined {
  const score = scoreOf(scored.score);
  const epoch = points.at(-1)?.epoch ?? 0;
  const all = scored.controls.flatMap(({ control }) => {
    const found = beating(points, scored.score, control);
    return found === undefined ? [] : [{ control, found }];
  });
  if (all.length === 0) return valueText(maps, score, scored, epoch);
  const beaten = all.flatMap(({ control, found }) => (found.kind === 'from' ? [{ control, ...found }] : []));
  const earliest = Math.min(...beaten.map((each) => each.epoch));
  const parts = [
    ...(beaten.length === 0
      ? []
      : [`beats ${listed(beaten.map((each) => beatenText(each, earliest, { epoch, checkpoints: points.length })))}`]),
    ...all.flatMap(({ control, found }) => (found.kind === 'no' ? [unbeatenText(control, found, epoch)] : [])),
  ];
  const unknown = all.flatMap(({ control, found }) =>
    found.kind === 'unknown' ? [{ control, last: found.last }] : [],
  );
  const known = parts.length === 0 ? '' : `${score.name}: ${maps} ${parts.join('; it ')}.`;
  if (unknown.length === 0) return known;
  const cannot = `whether ${maps} beats ${listed(unknown.map(({ control }) => controlOf(control).name))} cannot be said (${unknownText(unknown[0]?.last ?? null)})`;
  return known === '' ? `${score.name}: ${cannot}.` : `${known} ${capital(cannot)}.`;
}

/** "a centred blob only from epoch 6 (difference at epoch 20 0.08, 95 % 0.05…0.11, 500 images)" */
function beatenText(
  { control, epoch, last }: Extract<Beating, { kind: 'from' }> & { readonly control: ControlId },
  earliest: number,
  { epoch: lastEpoch, checkpoints }: { readonly epoch: number; readonly checkpoints: number },
): string {
  const from = checkpoints === 1 ? `at epoch ${epoch}` : `${epoch > earliest ? 'only ' : ''}from epoch ${epoch}`;
  return `${controlOf(control).name} ${from} (${differenceText(last, epoch === lastEpoch ? undefined : lastEpoch)})`;
}

/** "does not beat an edge map at epoch 20 (difference −0.01, 95 % −0.03…0.01, 500 images)" */
function unbeatenText(control: ControlId, { last, isWorse }: Extract<Beating, { kind: 'no' }>, epoch: number): string {
  return `${isWorse ? 'is worse than' : 'does not beat'} ${controlOf(control).name} at epoch ${epoch} (${differenceText(last)})`;
}

/** @param epoch that it is of, where the sentence does not say so */
function differenceText({ mean, n, interval }: Estimate, epoch?: number): string {
  return `difference ${epoch === undefined ? '' : `at epoch ${epoch} `}${fixedText(mean, 3)}, 95 % ${intervalText(interval)}, ${imagesText(n)}`;
}

function intervalText(interval: Estimate['interval']): string {
  return interval === null ? '–' : `${fixedText(interval.low, 3)}…${fixedText(interval.high, 3)}`;
}

function unknownText(last: Estimate | null): string {
  return last === null ? 'no image has both scores' : `${imagesText(last.n)}: ${noIntervalText(last)}`;
}

/** "Sparseness of Grad-CAM at layer3.2 is 0.52 at epoch 20 (95 % 0.50…0.54, 500 images): the Gini index of …" */
function describedText(maps: string, score: FaithfulnessScore, scored: Scored, epoch: number): string | undefined {
  const text = valueText(maps, score, scored, epoch);
  return text && `${text.slice(0, -1)}: ${score.description}.`;
}

function valueText(maps: string, { name }: FaithfulnessScore, { estimate }: Scored, epoch: number): string | undefined {
  if (estimate === null) return undefined;
  const { mean, n, interval } = estimate;
  const note =
    interval === null
      ? `${imagesText(n)}: ${noIntervalText(estimate)}`
      : `95 % ${intervalText(interval)}, ${imagesText(n)}`;
  return `${name} of ${maps} is ${fixedText(mean, 3)} at epoch ${epoch} (${note}).`;
}

/** What is said of how heatmaps move over epochs, the same in reports, panels and on the command line. */
import { counted } from '../../common/counted';
import { epochRanges, epochsBetween } from '../../common/epochRanges';
import { fixedText } from '../../common/numberText';
import type { AttentionPoint, ComparedAt, Likeness, MeanMovement, Settling } from './numbers';
import { imagesText, isEnoughCompared, partCompared } from '../../statistics';
import { SETTLED_SPEARMAN } from './settling';

/** The checkpoints that were looked at, and all that the run keeps, by epoch. */
export interface Checkpoints {
  readonly lookedAt: readonly number[];
  readonly kept: readonly number[];
}

/** Whose focus, where it is of one class at all checkpoints. */
export const FIXED_FOCUS = 'Focus on the class predicted last';
export const LABEL_FOCUS = 'Focus on the label';

/** "Focus settles at epoch 3: at all 4 checkpoints looked at from there on …", a sentence or two. */
export function settlingText(settling: Settling, checkpoints: Checkpoints, whose = 'Focus'): string {
  const last = checkpoints.lookedAt.at(-1) ?? 0;
  const correlation = `the mean rank correlation with the heatmaps of epoch ${last}`;
  switch (settling.kind) {
    case 'single':
      return `${whose} cannot be followed over a single checkpoint.`;
    case 'moving':
      return `${whose} does not settle before epoch ${last}: at epoch ${checkpoints.lookedAt.at(-2) ?? 0}, the checkpoint looked at before it${movingNote(checkpoints)}, ${correlation} is below ${SETTLED_SPEARMAN} (${likenessText(settling)}).`;
    case 'undecided':
      return `When ${whose.toLowerCase()} settles cannot be said: ${fewText(settling.at, last)}.`;
    case 'settled':
      return `${whose} settles at epoch ${settling.epoch}: ${lookedAtText(settling.epoch, checkpoints)} ${correlation} is at least ${SETTLED_SPEARMAN} (${likenessText(settling)} at epoch ${settling.epoch}).${
        settling.undecided === null
          ? ''
          : ` Whether it does so earlier cannot be said: ${fewText(settling.undecided, last)}.`
      }`;
  }
}

/** "0.853 over 12 images" */
function likenessText({ spearman, images }: Likeness): string {
  return `${fixedText(spearman, 3)} over ${imagesText(images)}`;
}

/** " (epochs 6–9 were not looked at)" */
function movingNote({ lookedAt }: Checkpoints): string {
  const gaps = epochsBetween(lookedAt.slice(-2));
  return gaps.length === 0 ? '' : ` (${notLookedAt(gaps)})`;
}

/** "epochs 4 and 6–9 were not looked at" */
function notLookedAt(epochs: readonly number[]): string {
  const [first, ...others] = epochs;
  if (others.length === 0) return `epoch ${first ?? ''} was not looked at`;
  return `epochs ${epochRanges(epochs)} were not looked at`;
}

/** "at all 4 checkpoints looked at from there on (of 20 kept; epochs 4 and 6–9 were not looked at)" */
function lookedAtText(from: number, { lookedAt, kept }: Checkpoints): string {
  const after = lookedAt.filter((epoch) => epoch >= from);
  const keptAfter = kept.filter((epoch) => epoch >= from && epoch <= (after.at(-1) ?? from)).length;
  // What was not looked at just before it may have been settled, too.
  const gaps = epochsBetween([...lookedAt.filter((epoch) => epoch < from).slice(-1), ...after]);
  const more = [
    ...(keptAfter > after.length ? [`of ${keptAfter} kept`] : []),
    ...(gaps.length > 0 ? [notLookedAt(gaps)] : []),
  ];
  const count = after.length === 2 ? 'both checkpoints' : `all ${after.length} checkpoints`;
  return `at ${count} looked at from there on${more.length > 0 ? ` (${more.join('; ')})` : ''}`;
}

/** Too few to say anything by. */
function fewText({ epoch, compared, of }: ComparedAt, last: number): string {
  return `at epoch ${epoch} only ${compared} of ${counted(of, 'image')} ${compared === 1 ? 'has a heatmap' : 'have heatmaps'} that can be compared with epoch ${last}’s, as the others’ are flat`;
}

/** "rests on 1 of 16 images", and that it says nothing where these are too few; undefined where all can be compared. */
export function restsText(movement: Pick<MeanMovement, 'compared' | 'of'>): string | undefined {
  const part = partCompared(movement);
  if (part === undefined) return undefined;
  return `rests on ${part} images${isEnoughCompared(movement) ? '' : ', too few to say anything by'}`;
}

/** How many images are predicted otherwise at the first checkpoint than at the last one. */
export function changedText([first, ...others]: readonly AttentionPoint[]): string | undefined {
  const last = others.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { of } = first.fromLast;
  return `Between epochs ${first.epoch} and ${last.epoch} the prediction of ${first.changed.fromLast} of ${counted(of, 'image')} changes, and with it the class whose heatmap is compared.`;
}

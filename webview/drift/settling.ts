/** When heatmaps settle, in sentences: as `src/measures/drift` says it in reports, in the editor's language. */
import * as l10n from '@vscode/l10n';
import { capital } from '../../src/common/capital';
import { epochRanges, epochsBetween } from '../../src/common/epochRanges';
import { fixedText } from '../../src/common/numberText';
import { SETTLED_SPEARMAN } from '../../src/measures/drift';
import type { AttentionPoint, ComparedAt, Likeness, Settling } from '../../src/measures/drift/numbers';
import { decimal } from '../common/text';

/** The checkpoints that were looked at, and all that the run keeps, by epoch. */
export interface Checkpoints {
  readonly lookedAt: readonly number[];
  readonly kept: readonly number[];
}

/** A sentence or two. @param whose whose focus: `l10n.t('focus')`, `l10n.t('focus on the label')` */
export function settlingText(settling: Settling, checkpoints: Checkpoints, whose: string): string {
  const last = checkpoints.lookedAt.at(-1) ?? 0;
  switch (settling.kind) {
    case 'single':
      return l10n.t('{0} cannot be followed over a single checkpoint.', capital(whose));
    case 'moving':
      return l10n.t(
        '{0} does not settle before epoch {1}: at epoch {2}, the checkpoint looked at before it{3}, the mean rank correlation with the heatmaps of epoch {1} is below {4} ({5}).',
        capital(whose),
        last,
        checkpoints.lookedAt.at(-2) ?? 0,
        inBrackets(notLookedAt(epochsBetween(checkpoints.lookedAt.slice(-2)))),
        decimal(String(SETTLED_SPEARMAN)),
        likenessText(settling),
      );
    case 'undecided':
      return l10n.t('When {0} settles cannot be said: {1}.', whose, fewText(settling.at, last));
    case 'settled':
      return [
        settledText(settling, checkpoints, whose),
        ...(settling.undecided === null
          ? []
          : [l10n.t('Whether it does so earlier cannot be said: {0}.', fewText(settling.undecided, last))]),
      ].join(' ');
  }
}

function settledText(
  settling: Settling & { readonly kind: 'settled' },
  { lookedAt, kept }: Checkpoints,
  whose: string,
): string {
  const from = settling.epoch;
  const after = lookedAt.filter((epoch) => epoch >= from);
  const last = after.at(-1) ?? from;
  const keptAfter = kept.filter((epoch) => epoch >= from && epoch <= last).length;
  // What was not looked at just before it may have been settled, too.
  const gaps = epochsBetween([...lookedAt.filter((epoch) => epoch < from).slice(-1), ...after]);
  const more = [...(keptAfter > after.length ? [l10n.t('of {0} kept', keptAfter)] : []), ...notLookedAt(gaps)];
  const values = [inBrackets(more), last, decimal(String(SETTLED_SPEARMAN)), likenessText(settling)] as const;
  return after.length === 2
    ? l10n.t(
        '{0} settles at epoch {1}: at both checkpoints looked at from there on{2} the mean rank correlation with the heatmaps of epoch {3} is at least {4} ({5} at epoch {1}).',
        capital(whose),
        from,
        ...values,
      )
    : l10n.t(
        '{0} settles at epoch {1}: at all {6} checkpoints looked at from there on{2} the mean rank correlation with the heatmaps of epoch {3} is at least {4} ({5} at epoch {1}).',
        capital(whose),
        from,
        ...values,
        after.length,
      );
}

/** " (of 20 kept; epochs 4 and 6–9 were not looked at)", or nothing. */
function inBrackets(parts: readonly string[]): string {
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

function notLookedAt(epochs: readonly number[]): string[] {
  const [first, ...others] = epochs;
  if (first === undefined) return [];
  return [
    others.length === 0
      ? l10n.t('epoch {0} was not looked at', first)
      : l10n.t('epochs {0} were not looked at', epochRanges(epochs)),
  ];
}

/** "0.853 over 12 images" */
function likenessText({ spearman, images }: Likeness): string {
  const correlation = decimal(fixedText(spearman, 3));
  return images === 1 ? l10n.t('{0} over 1 image', correlation) : l10n.t('{0} over {1} images', correlation, images);
}

/** Too few to say anything by. */
function fewText({ epoch, compared, of }: ComparedAt, last: number): string {
  return compared === 1
    ? l10n.t(
        'at epoch {0} only 1 of {1} images has a heatmap that can be compared with epoch {2}’s, as the others’ are flat',
        epoch,
        of,
        last,
      )
    : l10n.t(
        'at epoch {0} only {1} of {2} images have heatmaps that can be compared with epoch {3}’s, as the others’ are flat',
        epoch,
        compared,
        of,
        last,
      );
}

/** How many images are predicted otherwise at the first checkpoint than at the last one. */
export function changedText([first, ...others]: readonly AttentionPoint[]): string | undefined {
  const last = others.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return l10n.t(
    'Between epochs {0} and {1} the prediction of {2} of {3} images changes, and with it the class whose heatmap is compared.',
    first.epoch,
    last.epoch,
    first.changed.fromLast,
    first.fromLast.of,
  );
}

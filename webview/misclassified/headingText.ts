/** The texts above the list. */
import * as l10n from '@vscode/l10n';
import { countSame } from '../../src/common/classIndices';
import { checkpointSubject } from '../common/checkpointText';
import { className, decimal, grouped } from '../common/text';
import { fateText } from './fateText';
import { searchOf, type MisclassifiedState } from './misclassifiedState';

export function titleOf({ choice, items, predictions, view: { classNames } }: MisclassifiedState): string {
  const { scope, fate } = choice;
  if (scope === 'search') return l10n.t('The study’s search: the first errors');
  if (predictions === undefined) return l10n.t('Images');
  const count = items.length === 1 ? l10n.t('1 image') : l10n.t('{0} images', grouped(items.length));
  const of = fate === null ? undefined : fateText(fate).name;
  if (scope === 'all') return `${of ?? l10n.t('All test images')}: ${count}`;
  const which = scope === 'wrong' ? l10n.t('All wrong') : cellTitle(classNames, scope);
  return of === undefined ? `${which}: ${count}` : `${which}, ${of}: ${count}`;
}

function cellTitle(
  classNames: readonly string[],
  { label, predicted }: { readonly label: number; readonly predicted: number },
): string {
  const name = className(classNames, label);
  if (label === predicted) return l10n.t('{0}, right', name);
  return l10n.t('{0} taken for {1}', name, className(classNames, predicted));
}

export function belowOf({ choice, checkpoint, known, predictions, view }: MisclassifiedState): string {
  if (choice.scope === 'search') return known === undefined ? '' : searchText(searchOf(view, known), view.seed);
  if (known === undefined || predictions === undefined) return '';
  const all = known.labels.length;
  const right = countSame(known.labels, predictions);
  return l10n.t(
    '{0} gets {1} of {2} test images right ({3} %), {4} wrong.',
    checkpointSubject(checkpoint),
    grouped(right),
    grouped(all),
    decimal(((100 * right) / Math.max(1, all)).toFixed(1)),
    grouped(all - right),
  );
}

/** "The test set, shuffled by seed 1, until a checkpoint errs: epoch 1 at the 2nd image, …" */
export function searchText(search: ReturnType<typeof searchOf>, seed: number): string {
  const parts = search.map(({ epoch, found }) => {
    if (found === null) return l10n.t('epoch {0} errs about none', epoch);
    return found.lookedAt === 1
      ? l10n.t('epoch {0} after 1 image', epoch)
      : l10n.t('epoch {0} after {1} images', epoch, found.lookedAt);
  });
  return l10n.t(
    'The test set, shuffled by the study’s seed {0}, gone through until a checkpoint errs: {1}.',
    seed,
    parts.join(', '),
  );
}

/** The texts above the list. */
import { checkpointSubject } from '../common/checkpointText';
import { className } from '../common/text';
import { FATE_TEXTS } from './fateText';
import { searchOf, type MisclassifiedState } from './misclassifiedState';

export function titleOf({ choice, items, matrix, view: { classNames } }: MisclassifiedState): string {
  const { scope, fate } = choice;
  if (scope === 'search') return 'The study’s search: the first errors';
  const fated = fate === null ? '' : `, ${FATE_TEXTS[fate].name.toLowerCase()}`;
  const count = `${items.length.toLocaleString('en')} ${items.length === 1 ? 'image' : 'images'}`;
  if (matrix === undefined) return 'Images';
  if (scope === 'wrong') return `All wrong${fated}: ${count}`;
  if (scope === 'all') return fate === null ? `All test images: ${count}` : `${FATE_TEXTS[fate].name}: ${count}`;
  const [label, predicted] = [className(classNames, scope.label), className(classNames, scope.predicted)];
  return scope.label === scope.predicted
    ? `${label}, right${fated}: ${count}`
    : `${label} taken for ${predicted}${fated}: ${count}`;
}

export function belowOf({ choice, checkpoint, known, matrix, view }: MisclassifiedState): string {
  if (choice.scope === 'search') return known === undefined ? '' : searchText(searchOf(view, known), view.seed);
  if (known === undefined || matrix === undefined) return '';
  const all = known.labels.length;
  let right = 0;
  for (let label = 0; label < matrix.classes; label++) right += matrix.counts[label * (matrix.classes + 1)] ?? 0;
  const share = ((100 * right) / Math.max(1, all)).toFixed(1);
  return `${checkpointSubject(checkpoint)} gets ${right.toLocaleString('en')} of ${all.toLocaleString('en')} test images right (${share} %), ${(all - right).toLocaleString('en')} wrong.`;
}

/** "The test set, shuffled by seed 1, until a checkpoint errs: epoch 1 at the 2nd image, …" */
export function searchText(search: ReturnType<typeof searchOf>, seed: number): string {
  const parts = search.map(({ epoch, found }) =>
    found === null
      ? `epoch ${epoch} errs about none`
      : `epoch ${epoch} after ${found.lookedAt} ${found.lookedAt === 1 ? 'image' : 'images'}`,
  );
  return `The test set, shuffled by the study’s seed ${seed}, gone through until a checkpoint errs: ${parts.join(', ')}.`;
}

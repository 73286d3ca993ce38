/** The list as a table: a row for each image. */
import { csvText } from '../common/csv';
import { className } from '../common/text';
import type { MisclassifiedState } from './misclassifiedState';

/** RFC 4180, with "\n". Fates are empty until all checkpoints have been asked. */
export function csvOf({ view, known, fates, items }: MisclassifiedState): string {
  const epochs = known?.epochs ?? [];
  const head = ['image', 'label', 'shown_epoch', ...epochs.map(({ epoch }) => `predicted_epoch_${epoch}`)];
  const lines = items.map(({ image, epoch, lookedAt }) => {
    const fate = fates?.[image];
    const name = (index: number | undefined): string => (index === undefined ? '' : className(view.classNames, index));
    return [
      `test:${image}`,
      name(known?.labels[image]),
      epoch,
      ...epochs.map(({ predictions }) => name(predictions[image])),
      fate?.fate ?? '',
      fate?.rightFrom ?? '',
      fate?.forgettingEvents ?? '',
      lookedAt ?? '',
    ];
  });
  const headings = [...head, 'fate', 'right_from_epoch', 'forgetting_events', 'looked_at'];
  return csvText([headings, ...lines], '\n');
}

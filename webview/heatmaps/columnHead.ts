import type { CheckpointInfo } from '../../src/protocol/panelView';
import { h } from '../common/dom';
import { accuracyText } from '../common/text';

/** An epoch and its accuracy over all test images. */
export function columnHead({ epoch, testAccuracy }: CheckpointInfo, column: number, training: boolean): HTMLElement {
  const accuracy = accuracyText(testAccuracy);
  const below = accuracy === '' ? (training ? '…' : '–') : `${accuracy} test`;
  const title = epoch === 0 ? 'Epoch 0: before the first training step' : `Epoch ${epoch}`;
  return h(
    'div',
    {
      class: 'column-head',
      role: 'columnheader',
      'aria-colindex': column + 2,
      title: accuracy === '' ? title : `${title}. ${accuracy} of the test images are classified right.`,
    },
    h('span', { class: 'epoch' }, `Epoch ${epoch}`),
    h('span', { class: 'accuracy muted' }, below),
  );
}

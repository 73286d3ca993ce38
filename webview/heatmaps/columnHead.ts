import type { CheckpointInfo } from '../../src/protocol/panelView';
import { h } from '../common/dom';
import { accuracyBelow, accuracySentence, checkpointTitle } from '../common/checkpointText';

/** An epoch and its accuracy over all test images. */
export function columnHead(checkpoint: CheckpointInfo, column: number, training: boolean): HTMLElement {
  const sentence = accuracySentence(checkpoint);
  const title = checkpointTitle(checkpoint);
  return h(
    'div',
    {
      class: 'column-head',
      role: 'columnheader',
      'aria-colindex': column + 2,
      title: sentence === '' ? title : `${title}. ${sentence}`,
    },
    h('span', { class: 'epoch' }, checkpoint.name),
    h('span', { class: 'accuracy muted' }, accuracyBelow(checkpoint, training ? '…' : '–')),
  );
}

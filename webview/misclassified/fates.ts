/** Images by their fate over epochs, with the number of each. A click shows those alone. */
import { FATES, type Fate } from '../../src/measures/misclassified';
import { h } from '../common/dom';
import { FATE_TEXTS } from './fateText';
import type { MisclassifiedState } from './misclassifiedState';

export interface FatesView {
  readonly element: HTMLElement;
  update(model: MisclassifiedState): void;
}

export function createFates(onFate: (fate: Fate | null) => void): FatesView {
  const entries = FATES.map((fate) => {
    const count = h('span', { class: 'count' });
    const bar = h('span', { class: 'bar', 'aria-hidden': 'true' });
    const { name, meaning } = FATE_TEXTS[fate];
    const element = h(
      'button',
      { class: 'fate', title: `${name}: ${meaning}` },
      h('span', { class: `pattern ${fate}`, 'aria-hidden': 'true' }),
      h('span', { class: 'fate-name' }, name),
      h('span', { class: 'track' }, bar),
      count,
    );
    element.addEventListener('click', () => onFate(element.getAttribute('aria-pressed') === 'true' ? null : fate));
    return { fate, element, count, bar };
  });
  const note = h('p', { class: 'muted fate-note' });
  const root = h(
    'div',
    { class: 'fates', role: 'group', 'aria-label': 'How images fare over epochs' },
    ...entries.map(({ element }) => element),
    note,
  );
  return {
    element: root,
    update({ choice, fateCounts, known, view }) {
      // With one checkpoint, fates say nothing beyond its confusion matrix.
      root.hidden = view.checkpoints.length < 2;
      const all = known?.labels.length ?? 0;
      for (const { fate, element, count, bar } of entries) {
        element.disabled = fateCounts === undefined;
        element.setAttribute('aria-pressed', String(choice.fate === fate));
        count.textContent = fateCounts === undefined ? '–' : fateCounts[fate].toLocaleString('en');
        bar.style.width = `${(100 * (fateCounts?.[fate] ?? 0)) / Math.max(1, all)}%`;
      }
      const trained = view.checkpoints.filter(({ weights }) => weights === 'trained').length;
      note.textContent =
        fateCounts === undefined
          ? `Needs the predictions of all ${view.checkpoints.length} checkpoints.`
          : trained === 0
            ? 'A checkpoint from before training alone.'
            : `Over the ${trained === 1 ? 'one trained checkpoint' : `${trained} trained checkpoints`}.`;
    },
  };
}

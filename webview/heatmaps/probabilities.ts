/** The most probable classes of a cell. A press on one shows its heatmap. */
import { h } from '../common/dom';
import type { HeatmapsState, ShownHeatmap } from './heatmapsState';
import type { Target } from './settings';
import { className, percent, shortNumber } from '../common/text';

const SHOWN = 5;

export interface Probabilities {
  readonly element: HTMLElement;
  draw(model: HeatmapsState, shown: ShownHeatmap | undefined): void;
}

export function createProbabilities(onTarget: (target: Target) => void): Probabilities {
  const list = h('ol', {});
  return {
    element: h('section', { class: 'probabilities', 'aria-label': 'Probabilities' }, h('h3', {}, 'Top 5'), list),
    draw(model, shown) {
      const focused = [...list.querySelectorAll('button')].findIndex((element) => element === document.activeElement);
      list.replaceChildren(...(shown === undefined ? [] : entries(model, shown, onTarget)));
      if (focused >= 0) list.querySelectorAll('button')[focused]?.focus();
    },
  };
}

function entries({ view }: HeatmapsState, shown: ShownHeatmap, onTarget: (target: Target) => void): HTMLElement[] {
  const { probabilities, logits } = shown.result;
  const order = probabilities
    .map((_, index) => index)
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
  return order.slice(0, SHOWN).map((index) => {
    const probability = probabilities[index] ?? 0;
    const name = className(view.classNames, index);
    const isLabel = index === shown.label;
    const target = index === shown.target;
    const entry = h(
      'button',
      {
        class: 'probability',
        'aria-pressed': String(target),
        title: `Logit ${shortNumber(logits[index] ?? 0)}. Press to see the heatmap of ${name}.`,
        'aria-label': `${name}${isLabel ? ', the label' : ''}: ${percent(probability)}. Show its heatmap`,
      },
      h('span', { class: 'class-name' }, name, isLabel && h('span', { class: 'tag' }, 'label')),
      h('span', { class: 'track' }, h('span', { class: 'fill', style: { width: `${100 * probability}%` } })),
      h('span', { class: 'number' }, percent(probability)),
    );
    entry.addEventListener('click', () => onTarget(index));
    return h('li', {}, entry);
  });
}

/** The legend of the curves. A press on a perturbation shows it alone. */
import type { SeriesStyle } from '../../chart/palette';
import { swatch } from '../../common/chart/swatch';
import { h } from '../../common/dom';
import type { RobustnessState } from '../robustnessState';

export interface Legend {
  readonly element: HTMLElement;
  update(model: RobustnessState, styleOf: (entry: number) => SeriesStyle): void;
}

export function createLegend(onEntry: (entry: number | null) => void): Legend {
  const element = h('div', {
    class: 'legend',
    role: 'group',
    'aria-label': 'Perturbations in the chart and the table',
  });
  let shown = '';
  return {
    element,
    update({ tests, state }, styleOf) {
      const styles = tests.tests.map(({ entry }) => styleOf(entry));
      const key = JSON.stringify([tests.tests, state.entry, styles]);
      if (key === shown) return;
      shown = key;
      const had = [...element.children].indexOf(document.activeElement as Element);
      const entries = tests.tests.map(({ entry, title }, place) => {
        const alone = state.entry === entry;
        const style = styles[place] as SeriesStyle;
        const hint = alone ? 'Show all perturbations' : `Show ${title} alone`;
        const button = h(
          'button',
          { class: 'key', 'aria-pressed': String(alone), title: hint },
          swatch(style),
          h('span', {}, title),
        );
        button.addEventListener('click', () => onEntry(alone ? null : entry));
        button.classList.toggle('faded', state.entry !== null && !alone);
        return button;
      });
      element.replaceChildren(
        ...entries,
        h('span', { class: 'key muted' }, h('span', { class: 'dashes', 'aria-hidden': 'true' }), 'clean accuracy'),
      );
      if (had >= 0) (element.children[had] as HTMLElement | undefined)?.focus();
    },
  };
}

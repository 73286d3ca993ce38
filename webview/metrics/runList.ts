/** The list in which runs are chosen. */
import type { RunCurve } from '../../src/protocol/metrics';
import { checkbox, type Checkbox } from '../common/controls';
import { h } from '../common/dom';
import { styleOf } from '../chart/palette';
import { swatch } from '../common/chart/swatch';

export interface RunList {
  readonly element: HTMLElement;
  update(runs: readonly RunCurve[], shown: ReadonlySet<string>): void;
}

interface Entry {
  readonly element: HTMLElement;
  readonly box: Checkbox;
  readonly mark: HTMLElement;
  readonly state: HTMLElement;
  readonly batches: HTMLElement;
  readonly warning: HTMLElement;
}

export function createRunList(onToggle: (run: string, shown: boolean) => void): RunList {
  const list = h('ul', { class: 'runs' });
  const entries = new Map<string, Entry>();

  function create(curve: RunCurve): Entry {
    const mark = h('span', { class: 'mark' });
    const state = h('span', { class: 'muted' });
    const batches = h('span', { class: 'muted' });
    const warning = h('span', { class: 'warning' });
    const text = h(
      'span',
      { class: 'run-text' },
      h('span', {}, curve.studyName),
      h('span', { class: 'muted' }, curve.id),
      state,
      batches,
      warning,
    );
    const box = checkbox(h('span', { class: 'run-label' }, mark, text), false, (checked) =>
      onToggle(curve.run, checked),
    );
    return { element: h('li', {}, box.element), box, mark, state, batches, warning };
  }

  return {
    element: h('nav', { class: 'run-list', 'aria-label': 'Runs that are shown' }, h('h2', {}, 'Runs'), list),
    update(runs, shown) {
      const elements = runs.map((curve, place) => {
        const entry = entries.get(curve.run) ?? create(curve);
        entries.set(curve.run, entry);
        entry.mark.replaceChildren(swatch(styleOf(place)));
        entry.state.textContent = curve.stateText;
        entry.batches.textContent = curve.batches === null ? '' : 'batches in parts';
        entry.batches.title = curve.batches ?? '';
        // The full text stands above the run's table, where there is room for it.
        entry.warning.textContent = curve.warning ?? '';
        entry.warning.title = curve.warning ?? '';
        entry.warning.hidden = curve.warning === null;
        entry.element.classList.toggle('live', curve.live);
        entry.box.set(shown.has(curve.run));
        return entry.element;
      });
      // Existing elements stay, so that the focus stays.
      if (
        elements.some((element, place) => list.children[place] !== element) ||
        list.children.length !== elements.length
      )
        list.replaceChildren(...elements);
    },
  };
}

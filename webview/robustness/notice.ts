/** The line above the tests: what has to be computed, the button for it, and its progress. */
import { button } from '../common/controls';
import { h } from '../common/dom';
import { noticeText, openRows, type RobustnessState } from './robustnessState';

export interface Notice {
  readonly element: HTMLElement;
  update(model: RobustnessState): void;
}

export function createNotice(onCompute: () => void, onTrust: () => void): Notice {
  const text = h('span', { class: 'banner-text' });
  const compute = button({ label: 'Compute', icon: 'play', appearance: 'primary', onClick: onCompute });
  const trust = button({ label: 'Manage Workspace Trust', onClick: onTrust });
  const element = h('div', { class: 'banner notice', hidden: true }, text, compute, trust);
  return {
    element,
    update(model) {
      const open = openRows(model);
      const stale = open.filter(({ outcome }) => outcome !== undefined).length;
      element.hidden = open.length === 0 || model.tests.computing || !model.tests.known;
      text.textContent = noticeText(open.length - stale, stale, model.rows.length);
      compute.hidden = !model.view.trusted;
      trust.hidden = model.view.trusted;
    },
  };
}

/** Which checkpoints are columns. */
import { button, checkbox } from '../common/controls';
import { h } from '../common/dom';
import type { Model } from './model';
import { createPopover, type Popover } from '../common/popover';
import { accuracyText } from '../common/text';

/** @param onChange null is what the study says */
export function createCheckpointsMenu(
  current: () => Model | undefined,
  onChange: (epochs: number[] | null) => void,
): Popover {
  const popover = createPopover({ label: 'Checkpoints', icon: 'epochs', title: 'Checkpoints shown' }, fill);

  function fill(panel: HTMLElement): void {
    const model = current();
    if (model === undefined) return;
    const all = model.view.checkpoints.map(({ epoch }) => epoch);
    const chosen = new Set(model.checkpoints.map(({ epoch }) => epoch));
    const apply = (epochs: readonly number[] | null): void => {
      onChange(epochs === null ? null : [...epochs]);
      fill(panel);
    };
    const boxes = model.view.checkpoints.map(({ epoch, testAccuracy }) => {
      const text = h('span', {}, `Epoch ${epoch}`, h('span', { class: 'muted' }, ` ${accuracyText(testAccuracy)}`));
      return checkbox(text, chosen.has(epoch), (checked) => {
        if (checked) chosen.add(epoch);
        else chosen.delete(epoch);
        onChange(all.filter((each) => chosen.has(each)));
      }).element;
    });
    panel.replaceChildren(
      h(
        'div',
        { class: 'popover-actions' },
        button({ label: 'All', onClick: () => apply(all) }),
        button({ label: 'First and last', onClick: () => apply([...new Set([...all.slice(0, 1), ...all.slice(-1)])]) }),
        button({ label: "The study's", onClick: () => apply(null) }),
      ),
      h('div', { class: 'popover-list' }, ...boxes),
    );
  }
  return popover;
}

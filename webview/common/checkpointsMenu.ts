/** A menu that chooses which checkpoints are columns. */
import { button, checkbox } from './controls';
import { h } from './dom';
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { createPopover, type Popover } from './popover';
import { accuracyBelow } from './checkpointText';

export interface CheckpointChoice {
  /** All checkpoints of the run. */
  readonly all: readonly CheckpointInfo[];
  readonly shown: readonly CheckpointInfo[];
}

/** @param onChange called with null for the study's own choice */
export function createCheckpointsMenu(
  current: () => CheckpointChoice | undefined,
  onChange: (epochs: number[] | null) => void,
): Popover {
  const popover = createPopover({ label: 'Checkpoints', icon: 'epochs', title: 'Checkpoints shown' }, fill);

  function fill(panel: HTMLElement): void {
    const choice = current();
    if (choice === undefined) return;
    const all = choice.all.map(({ epoch }) => epoch);
    const chosen = new Set(choice.shown.map(({ epoch }) => epoch));
    const apply = (epochs: readonly number[] | null): void => {
      onChange(epochs === null ? null : [...epochs]);
      fill(panel);
    };
    const boxes = choice.all.map((checkpoint) => {
      const { epoch, name } = checkpoint;
      const text = h('span', {}, name, h('span', { class: 'muted' }, ` ${accuracyBelow(checkpoint, '')}`));
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

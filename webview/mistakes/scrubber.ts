/** Which checkpoint: a slider over all of them, with steps beside. */
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { button, slider } from '../common/controls';
import { h } from '../common/dom';
import { accuracyText } from '../common/text';

export interface Scrubber {
  readonly element: HTMLElement;
  update(checkpoints: readonly CheckpointInfo[], epoch: number): void;
  /** To the checkpoint so many further. */
  step(by: number): void;
}

export function createScrubber(onEpoch: (epoch: number) => void): Scrubber {
  const control = slider('Checkpoint', { min: 0, max: 1, step: 1 }, (place) => choose(place));
  const text = h('span', { class: 'epoch-text', role: 'status' });
  const previous = button({
    label: 'Previous checkpoint (,)',
    icon: 'previous',
    appearance: 'icon',
    onClick: () => step(-1),
  });
  const next = button({ label: 'Next checkpoint (.)', icon: 'next', appearance: 'icon', onClick: () => step(1) });
  let epochs: readonly number[] = [];
  let current = 0;

  function choose(place: number): void {
    const epoch = epochs[Math.min(Math.max(place, 0), epochs.length - 1)];
    if (epoch !== undefined && epoch !== epochs[current]) onEpoch(epoch);
  }

  function step(by: number): void {
    choose(current + by);
  }

  return {
    element: h('div', { class: 'scrubber field' }, previous, control.element, next, text),
    step,
    update(checkpoints, epoch) {
      epochs = checkpoints.map((each) => each.epoch);
      current = Math.max(0, epochs.indexOf(epoch));
      control.element.max = String(Math.max(0, epochs.length - 1));
      control.set(current);
      control.element.setAttribute('aria-valuetext', `Epoch ${epoch}`);
      const accuracy = accuracyText(checkpoints[current]?.testAccuracy ?? null);
      text.textContent = `Epoch ${epoch}${epoch === 0 ? ' (untrained)' : ''}${accuracy === '' ? '' : ` · ${accuracy} test`}`;
    },
  };
}

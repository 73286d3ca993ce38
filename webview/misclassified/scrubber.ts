/** Chooses a checkpoint: a slider over all of them, with step buttons. */
import { weightsNote } from '../../src/common/checkpointWeights';
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { button, slider } from '../common/controls';
import { h } from '../common/dom';
import { accuracyBelow } from '../common/checkpointText';

export interface Scrubber {
  readonly element: HTMLElement;
  update(checkpoints: readonly CheckpointInfo[], epoch: number): void;
  /** Moves by this many checkpoints. */
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
      const checkpoint = checkpoints[current];
      if (checkpoint === undefined) return;
      control.element.setAttribute('aria-valuetext', checkpoint.name);
      const accuracy = accuracyBelow(checkpoint, '');
      text.textContent = `${checkpoint.name}${weightsNote(checkpoint.weights)}${accuracy === '' ? '' : ` · ${accuracy}`}`;
    },
  };
}

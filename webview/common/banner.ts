/** The line between controls and grid: progress with a button that stops it, or an error with a button that retries. */
import { durationText } from '../../src/common/duration';
import { announce } from './announce';
import { button } from './controls';
import { h } from './dom';
import { icon } from './icons';
import type { ComputationState } from './computationState';

export interface BannerOptions {
  /** The things that are computed, in the plural: "heatmaps". */
  readonly things: string;
  readonly onCancel: () => void;
  readonly onResume: () => void;
  readonly onOutput: () => void;
}

export interface Banner {
  readonly element: HTMLElement;
  show(state: ComputationState): void;
  /** A message about an action, shown for a few seconds. */
  say(text: string, failed?: boolean): void;
}

const NOTE_MILLISECONDS = 6000;

export function createBanner({ things, onCancel, onResume, onOutput }: BannerOptions): Banner {
  const bar = h(
    'div',
    { class: 'progress', role: 'progressbar', 'aria-label': `Computed ${things}`, 'aria-valuemin': 0, hidden: true },
    h('span', {}),
  );
  const text = h('span', { class: 'banner-text' });
  const cancel = button({ label: 'Cancel', icon: 'stop', onClick: onCancel });
  const resume = button({ label: 'Continue', icon: 'play', onClick: onResume });
  const retry = button({ label: 'Retry', icon: 'refresh', appearance: 'primary', onClick: onResume });
  const output = button({ label: 'Show Log', onClick: onOutput });
  const warning = icon('warning');
  const line = h('div', { class: 'banner', hidden: true }, warning, text, cancel, resume, retry, output);
  const note = h('div', { class: 'note', hidden: true });
  let noteTimer: ReturnType<typeof setTimeout> | undefined;
  let kind: ComputationState['kind'] = 'idle';

  function show(state: ComputationState): void {
    const computing = state.kind === 'computing';
    const counted = state.kind === 'computing' || state.kind === 'cancelled';
    line.hidden = state.kind === 'idle';
    bar.hidden = !computing;
    line.classList.toggle('failed', state.kind === 'failed');
    warning.toggleAttribute('hidden', state.kind !== 'failed');
    cancel.hidden = !computing;
    resume.hidden = state.kind !== 'cancelled';
    retry.hidden = state.kind !== 'failed';
    output.hidden = state.kind !== 'failed';
    if (counted) {
      const left = state.left === undefined ? '' : `, ${durationText(state.left)} left`;
      const counts = `${computing ? 'Computing' : 'Stopped'}: ${state.done} of ${state.of} ${things}${left}`;
      // Nothing is shown before the first count.
      text.textContent = state.of > 0 ? counts : computing ? 'Starting…' : 'Stopped';
      bar.setAttribute('aria-valuenow', String(state.done));
      bar.setAttribute('aria-valuemax', String(state.of));
      (bar.firstChild as HTMLElement).style.width = `${(100 * state.done) / Math.max(state.of, 1)}%`;
    } else if (state.kind === 'failed') text.textContent = state.message;
    if (state.kind === kind) return;
    if (state.kind === 'failed') announce(`The ${things} could not be computed: ${state.message}`);
    else
      announce({ computing: `Computing ${things}`, cancelled: 'Stopped', idle: `All ${things} are there` }[state.kind]);
    kind = state.kind;
  }

  return {
    element: h('div', { class: 'banners' }, bar, line, note),
    show,
    say(message, failed = false) {
      note.textContent = message;
      note.classList.toggle('failed', failed);
      note.hidden = false;
      announce(message);
      clearTimeout(noteTimer);
      noteTimer = setTimeout(() => (note.hidden = true), NOTE_MILLISECONDS);
    },
  };
}

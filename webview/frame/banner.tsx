/** The line between controls and content: progress with a button that stops it, or an error with one that retries. */
import type { ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import { durationText } from '../../src/common/duration';
import { Button, Icon } from '../controls';
import { announce } from './announce';
import type { RequestState } from './request';

export interface BannerProperties {
  readonly state: ReadonlySignal<RequestState>;
  /** The things that are computed, in the plural, translated: "heatmaps". */
  readonly things: string;
  readonly onCancel: () => void;
  readonly onResume: () => void;
  readonly onOutput: () => void;
}

export function Banner({ state, things, onCancel, onResume, onOutput }: BannerProperties) {
  const now = state.value;
  useAnnouncement(now, things);
  if (now.kind === 'idle') return null;
  const failed = now.kind === 'failed';
  const running = now.kind === 'computing' || now.kind === 'waiting';
  return (
    <>
      {now.kind === 'computing' && <ProgressBar things={things} {...now} />}
      <div class={failed ? 'banner failed' : 'banner'}>
        {failed && <Icon name="warning" />}
        <span class="banner-text">{textOf(now, things)}</span>
        {running && <Button label={l10n.t('Cancel')} icon="stop" onClick={onCancel} />}
        {now.kind === 'cancelled' && <Button label={l10n.t('Continue')} icon="play" onClick={onResume} />}
        {failed && <Button label={l10n.t('Retry')} icon="refresh" primary onClick={onResume} />}
        {failed && <Button label={l10n.t('Show Log')} onClick={onOutput} />}
      </div>
    </>
  );
}

function ProgressBar({ things, done, of }: { readonly things: string; readonly done: number; readonly of: number }) {
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={l10n.t('Computed {0}', things)}
      aria-valuemin={0}
      aria-valuenow={done}
      aria-valuemax={of}
    >
      <span style={{ width: `${(100 * done) / Math.max(of, 1)}%` }} />
    </div>
  );
}

function textOf(state: Exclude<RequestState, { kind: 'idle' }>, things: string): string {
  switch (state.kind) {
    case 'failed':
      return state.message;
    case 'waiting':
      return waitingText(state.behind);
    case 'cancelled':
      return state.of > 0 ? l10n.t('Stopped: {0} of {1} {2}', state.done, state.of, things) : l10n.t('Stopped');
    case 'computing':
      // Nothing is counted before the first answer.
      if (state.of === 0) return l10n.t('Starting…');
      return state.left === undefined
        ? l10n.t('Computing: {0} of {1} {2}', state.done, state.of, things)
        : l10n.t('Computing: {0} of {1} {2}, {3} left', state.done, state.of, things, durationText(state.left));
  }
}

/** What an engine says that it does first, in words. */
function waitingText(behind: (RequestState & { kind: 'waiting' })['behind']): string {
  switch (behind) {
    case 'heatmaps':
      return l10n.t('Waiting: the engine computes other heatmaps first.');
    case 'predictions':
      return l10n.t('Waiting: the engine computes predictions first.');
    case 'tests':
      return l10n.t('Waiting: the engine runs perturbation tests first.');
    case 'perturbed':
      return l10n.t('Waiting: the engine computes images under perturbations first.');
    case 'attention':
      return l10n.t('Waiting: the engine computes attention over epochs first.');
    case 'calibration':
      return l10n.t('Waiting: the engine computes calibration first.');
    case 'faithfulness':
      return l10n.t('Waiting: the engine measures faithfulness first.');
    case 'localisation':
      return l10n.t('Waiting: the engine measures localisation first.');
    case 'agreement':
      return l10n.t('Waiting: the engine computes the agreement of methods first.');
    case 'sanity':
      return l10n.t('Waiting: the engine computes sanity checks first.');
    case 'benchmark':
      return l10n.t('Waiting: the engine runs a benchmark first.');
    case 'attacks':
      return l10n.t('Waiting: the engine computes attacks first.');
  }
}

/** Says to screen readers when it starts, ends or fails. */
function useAnnouncement(state: RequestState, things: string): void {
  const before = useRef<RequestState['kind']>('idle');
  useEffect(() => {
    if (state.kind === before.current) return;
    before.current = state.kind;
    announce(
      {
        computing: l10n.t('Computing {0}', things),
        waiting: state.kind === 'waiting' ? waitingText(state.behind) : '',
        cancelled: l10n.t('Stopped'),
        idle: l10n.t('All {0} are there', things),
        failed: state.kind === 'failed' ? l10n.t('The {0} could not be computed: {1}', things, state.message) : '',
      }[state.kind],
    );
  });
}

/** Short texts about a run, for lenses, the tree and the status bar. The accuracy is first, because space is short. */
import * as vscode from 'vscode';
import { durationText } from '../../common/duration';
import { percentOf } from '../../statistics';
import { decimal } from '../language';
import type { RunState, RunSummary } from './runSummary';

/** `41.5 % · epoch 3 of 20 · 2 min left` */
export function progressText(run: RunSummary): string {
  const { status } = run;
  if (run.state === 'starting' || status === undefined) return vscode.l10n.t('starting: loading data');
  const { epoch, epochs } = status;
  const place = epochs === null ? vscode.l10n.t('epoch {0}', epoch) : vscode.l10n.t('epoch {0} of {1}', epoch, epochs);
  return joined(accuracyText(latestAccuracy(run)), place, leftText(run), watchedText(run));
}

/** The same for any state: `71.2 % · 20 epochs`, `41.5 % · stopped after epoch 3 of 20`, `3 imported checkpoints` */
export function stateText(run: RunSummary): string {
  if (run.imported !== undefined && run.state === 'finished') return importedText(run);
  const accuracy = accuracyText(latestAccuracy(run));
  const after = run.epochs.at(-1)?.epoch ?? 0;
  const of = run.status?.epochs ?? undefined;
  switch (run.state) {
    case 'starting':
    case 'training':
      return progressText(run);
    case 'finished': {
      // Lines of metrics may be lost.
      const last = Math.max(after, run.checkpoints.at(-1) ?? 0);
      const count = last === 1 ? vscode.l10n.t('1 epoch') : vscode.l10n.t('{0} epochs', last);
      return joined(accuracy, count, watchedText(run));
    }
    case 'cancelled':
      return joined(accuracy, stoppedText(run, after));
    case 'interrupted':
      return joined(
        accuracy,
        of === undefined ? stateWord(run.state) : vscode.l10n.t('interrupted after epoch {0} of {1}', after, of),
      );
    case 'failed':
      return joined(
        accuracy,
        of === undefined ? stateWord(run.state) : vscode.l10n.t('failed after epoch {0} of {1}', after, of),
      );
    case 'damaged':
      return vscode.l10n.t('cannot be read');
  }
}

/** Where it goes on: within an epoch where it was stopped there. @param after the newest epoch that is whole */
function stoppedText({ state, status }: RunSummary, after: number): string {
  const { epochs: of = null, stopped } = status ?? {};
  if (of === null) return stateWord(state);
  if (stopped === undefined) return vscode.l10n.t('stopped after epoch {0} of {1}', after, of);
  const { epoch, step, of: steps } = stopped;
  return vscode.l10n.t('stopped in epoch {0} of {1}, after step {2} of {3}', epoch, of, step, steps);
}

/** The state in one word, for who does not see its icon. */
export function stateWord(state: RunState): string {
  switch (state) {
    case 'starting':
      return vscode.l10n.t('starting');
    case 'training':
      return vscode.l10n.t('training');
    case 'finished':
      return vscode.l10n.t('finished');
    case 'cancelled':
      return vscode.l10n.t('stopped');
    case 'interrupted':
      return vscode.l10n.t('interrupted');
    case 'failed':
      return vscode.l10n.t('failed');
    case 'damaged':
      return vscode.l10n.t('damaged');
  }
}

/** `0.8 % (claimed: 93.1 %) · 2 imported checkpoints`, for the last of them. How they were trained is unknown. */
function importedText({ imported, checkpoints }: RunSummary): string {
  const last = imported?.accuracies.findLast(({ epoch }) => checkpoints.includes(epoch));
  const measured = last?.measured && accuracyText(percentOf({ count: last.measured.right, of: last.measured.count }));
  const claimed = accuracyText(last?.claimed.testAccuracy);
  const count =
    checkpoints.length === 1
      ? vscode.l10n.t('1 imported checkpoint')
      : vscode.l10n.t('{0} imported checkpoints', checkpoints.length);
  return joined(
    claimed === undefined
      ? (measured ?? undefined)
      : claimText(measured ?? vscode.l10n.t('not measured'), claimed, last?.claimed.isBestSoFar === true),
    count,
    imported?.warning && vscode.l10n.t('not what is claimed'),
  );
}

function claimText(measured: string, claimed: string, isBestSoFar: boolean): string {
  return isBestSoFar
    ? vscode.l10n.t('{0} (claimed at best: {1})', measured, claimed)
    : vscode.l10n.t('{0} (claimed: {1})', measured, claimed);
}

/** The accuracy on the test images, in per cent, at the newest measured epoch. */
export function latestAccuracy({ epochs }: Pick<RunSummary, 'epochs'>): number | undefined {
  return epochs.findLast(({ testAccuracy }) => testAccuracy !== null)?.testAccuracy ?? undefined;
}

export function accuracyText(perCent: number | null | undefined): string | undefined {
  return perCent === null || perCent === undefined ? undefined : decimal(`${perCent.toFixed(1)} %`);
}

function leftText({ status }: RunSummary): string | undefined {
  return status?.secondsLeft === null || status?.secondsLeft === undefined
    ? undefined
    : vscode.l10n.t('{0} left', durationText(status.secondsLeft));
}

/** The start in local time: `Nov 24, 9:37 AM`, with the year if it is another one. */
export function whenText(iso: string, now = new Date()): string {
  const time = new Date(iso);
  return formatOf(locale(), time.getFullYear() !== now.getFullYear()).format(time);
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Each made once: to make one takes longer than to format hundreds of times, and lists of runs are told once a second. */
function formatOf(language: string, hasYear: boolean): Intl.DateTimeFormat {
  const key = `${language} ${String(hasYear)}`;
  const known = FORMATS.get(key);
  if (known !== undefined) return known;
  const year = hasYear ? ({ year: 'numeric' } as const) : {};
  const format = new Intl.DateTimeFormat(language, {
    ...year,
    ...{ month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  });
  FORMATS.set(key, format);
  return format;
}

let own: string | undefined;

/** The system's locale where it is of VS Code's language, such as British English; else that language. */
function locale(): string {
  const { language } = vscode.env;
  own ??= new Intl.DateTimeFormat().resolvedOptions().locale;
  return own.split('-')[0] === language.split('-')[0] ? own : language;
}

function watchedText({ watched }: RunSummary): string | undefined {
  return watched === true ? vscode.l10n.t('trained in PyTorch') : undefined;
}

/** Where resuming goes on: `epoch 4 of 20`. */
export function nextEpochText({ epochs, status }: RunSummary): string {
  const next = (epochs.at(-1)?.epoch ?? 0) + 1;
  return status?.epochs === undefined || status.epochs === null
    ? vscode.l10n.t('epoch {0}', next)
    : vscode.l10n.t('epoch {0} of {1}', next, status.epochs);
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

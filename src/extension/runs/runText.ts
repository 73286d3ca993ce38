/** Short texts about a run, for lenses, the tree and the status bar. */
import { durationText } from '../../common/duration';
import { percentOf } from '../../statistics';
import type { RunSummary } from './runSummary';

/** `epoch 3 of 20 · 41.5 % · 2 min left` */
export function progressText(run: RunSummary): string {
  const { status } = run;
  if (run.state === 'starting' || status === undefined) return 'starting: loading data';
  const parts = [`epoch ${status.epoch} of ${status.epochs}`, accuracyText(latestAccuracy(run)), leftText(run)];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** The same for any state: `71.2 % · 20 epochs`, `stopped after epoch 3 of 20 · 41.5 %`, `3 imported checkpoints` */
export function stateText(run: RunSummary): string {
  if (run.imported !== undefined && run.state === 'finished') return importedText(run);
  const accuracy = accuracyText(latestAccuracy(run));
  const after = run.epochs.at(-1)?.epoch ?? 0;
  const epochs = run.status?.epochs;
  const place = epochs === undefined ? '' : ` after epoch ${after} of ${epochs}`;
  switch (run.state) {
    case 'starting':
    case 'training':
      return progressText(run);
    case 'finished': {
      // Lines of metrics may be lost.
      const last = Math.max(after, run.checkpoints.at(-1) ?? 0);
      return joined(accuracy, `${last} ${last === 1 ? 'epoch' : 'epochs'}`);
    }
    case 'cancelled':
      return joined(`stopped${place}`, accuracy);
    case 'interrupted':
      return joined(`interrupted${place}`, accuracy);
    case 'failed':
      return joined(`failed${place}`, accuracy);
    case 'damaged':
      return 'cannot be read';
  }
}

/** `0.8 % (claimed: 93.1 %) · 2 imported checkpoints`, for the last of them. How they were trained is unknown. */
function importedText({ imported, checkpoints }: RunSummary): string {
  const last = imported?.accuracies.findLast(({ epoch }) => checkpoints.includes(epoch));
  const measured = last?.measured && accuracyText(percentOf({ count: last.measured.right, of: last.measured.count }));
  const claimed = accuracyText(last?.claimed.testAccuracy);
  const accuracy =
    claimed === undefined
      ? measured
      : `${measured ?? 'not measured'} (claimed${last?.claimed.isBestSoFar === true ? ' at best' : ''}: ${claimed})`;
  const count = `${checkpoints.length} imported ${checkpoints.length === 1 ? 'checkpoint' : 'checkpoints'}`;
  return joined(accuracy ?? undefined, count, imported?.warning && 'not what is claimed');
}

/** The accuracy on the test images, in per cent, at the newest measured epoch. */
export function latestAccuracy({ epochs }: RunSummary): number | undefined {
  return epochs.findLast(({ testAccuracy }) => testAccuracy !== null)?.testAccuracy ?? undefined;
}

export function accuracyText(perCent: number | null | undefined): string | undefined {
  return perCent === null || perCent === undefined ? undefined : `${perCent.toFixed(1)} %`;
}

function leftText({ status }: RunSummary): string | undefined {
  return status?.secondsLeft === null || status?.secondsLeft === undefined
    ? undefined
    : `${durationText(status.secondsLeft)} left`;
}

/** The start in local time: `Nov 24, 9:37 AM`, with the year if it is another one. */
export function whenText(iso: string, now = new Date()): string {
  const time = new Date(iso);
  const year = time.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return time.toLocaleString(undefined, {
    ...year,
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
}

/** Where resuming goes on: `epoch 4 of 20`. */
export function nextEpochText({ epochs, status }: RunSummary): string {
  const next = (epochs.at(-1)?.epoch ?? 0) + 1;
  return status === undefined ? `epoch ${next}` : `epoch ${next} of ${status.epochs}`;
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** What the files of imported checkpoints claim, beside what was measured. */
import * as vscode from 'vscode';
import type { RunSummary } from '../runs/runSummary';
import { accuracyText } from '../runs/runText';

export function claimOf({ imported }: RunSummary, epoch: number): number | null | undefined {
  return imported?.accuracies.find((each) => each.epoch === epoch)?.claimed.testAccuracy;
}

/** Whether the claim is of the best checkpoint so far, which may be another one. */
export function isBestClaim({ imported }: RunSummary, epoch: number): boolean {
  return imported?.accuracies.find((each) => each.epoch === epoch)?.claimed.isBestSoFar === true;
}

/** A sentence; undefined where the file claims nothing. */
export function claimText(run: RunSummary, epoch: number): string | undefined {
  const { l10n } = vscode;
  const accuracy = run.imported?.accuracies.find((each) => each.epoch === epoch);
  const claimed = accuracyText(accuracy?.claimed.testAccuracy);
  if (accuracy === undefined || claimed === undefined) return undefined;
  const claim = isBestClaim(run, epoch)
    ? l10n.t('Its file claims that the best so far got {0} of test images right.', claimed)
    : l10n.t('Its file claims that it gets {0} of test images right.', claimed);
  if (accuracy.measured === null) return `${claim} ${l10n.t('It was not measured here.')}`;
  return accuracy.differs === true
    ? `${claim} ${l10n.t('That differs from what was measured by more than chance.')}`
    : claim;
}

/** Which curves there are, and which of them are meant. Knows nothing of `vscode`. */
import type { RunCurve } from '../../protocol/metrics';
import { isLive, type RunSummary } from '../runs/runSummary';
import { stateText } from '../runs/runText';

export function curveOf(run: RunSummary): RunCurve {
  return {
    run: run.folder,
    id: run.id,
    studyName: run.studyName,
    stateText: stateText(run),
    live: isLive(run),
    batches: run.batches ?? null,
    warning: [run.damage, run.imported?.warning].filter((text) => text !== undefined).join(' ') || null,
    // How long the training of imported checkpoints was is not known.
    plannedEpochs: run.imported === undefined ? (run.status?.epochs ?? null) : null,
    // The best so far may be of an earlier epoch.
    claims: (run.imported?.accuracies ?? []).flatMap(({ epoch, claimed, differs }) =>
      claimed.testAccuracy === null || claimed.isBestSoFar === true
        ? []
        : [{ epoch, testAccuracy: claimed.testAccuracy, differs }],
    ),
    epochs: [...run.epochs],
  };
}

/** More curves than this in one picture are hard to tell apart. */
const MOST_PROPOSED = 6;

/** A run that is meant is shown alone; of a study, or of all, the newest with something to show. */
export function proposedRuns(
  runs: readonly RunSummary[],
  { run, studyFile }: { readonly run?: string | undefined; readonly studyFile?: string | undefined },
): string[] {
  if (run !== undefined) return [run];
  const meant = runs.filter((each) => studyFile === undefined || each.studyFile === studyFile);
  const withCurves = meant.filter((each) => each.epochs.length > 0 || isLive(each) || each.imported !== undefined);
  return withCurves.slice(0, MOST_PROPOSED).map(({ folder }) => folder);
}

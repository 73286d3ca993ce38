/** Decides which curves there are and which are shown first. */
import type { RunCurve } from '../../protocol/metrics';
import { isLive, unmeasuredEpochs, type RunSummary } from '../runs/runSummary';
import { runName } from '../runs/runName';
import { stateText } from '../runs/runText';

export function curveOf(run: RunSummary): RunCurve {
  return {
    run: run.folder,
    id: run.id,
    studyName: run.studyName,
    name: runName(run, 'inStudy'),
    stateText: stateText(run),
    live: isLive(run),
    batches: run.batches ?? null,
    warning: [run.damage, run.imported?.warning].filter((text) => text !== undefined).join(' ') || null,
    // Imported checkpoints do not say how many epochs their training had.
    plannedEpochs: run.imported === undefined ? (run.status?.epochs ?? null) : null,
    // A best-so-far may belong to an earlier epoch.
    claims: (run.imported?.accuracies ?? []).flatMap(({ epoch, claimed, differs }) =>
      claimed.testAccuracy === null || claimed.isBestSoFar === true
        ? []
        : [{ epoch, testAccuracy: claimed.testAccuracy, differs }],
    ),
    epochs: [...run.epochs],
    unmeasured: unmeasuredEpochs(run).length,
  };
}

/** More curves than this in one chart are hard to tell apart. */
const MOST_PROPOSED = 6;

/** A named run is shown alone. For a study, or for all, the newest runs with metrics are shown. */
export function proposedRuns(
  runs: readonly RunSummary[],
  { run, studyFile }: { readonly run?: string | undefined; readonly studyFile?: string | undefined },
): string[] {
  if (run !== undefined) return [run];
  const meant = runs.filter((each) => studyFile === undefined || each.studyFile === studyFile);
  const withCurves = meant.filter((each) => each.epochs.length > 0 || isLive(each) || each.imported !== undefined);
  return withCurves.slice(0, MOST_PROPOSED).map(({ folder }) => folder);
}

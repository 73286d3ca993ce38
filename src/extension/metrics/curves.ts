/** Decides which curves there are and which are shown first. */
import { isWhole, recipesOf, type RunFacts } from '../../comparison';
import type { CurveValues, ListedRun } from '../../protocol/metrics';
import { isLive, unmeasuredEpochs, type RunSummary } from '../runs/runSummary';
import { runName } from '../runs/runName';
import { stateText } from '../runs/runText';

/** All runs as the list has them, in their order. */
export function listedRuns(runs: readonly RunSummary[]): ListedRun[] {
  const recipes = new Map<string, Pick<ListedRun, 'recipe' | 'repeated'>>();
  for (const { name, runs: counted, repeated } of recipesOf(runs.map(factsOf))) {
    for (const { run } of counted) recipes.set(run, { recipe: name, repeated: false });
    for (const { run } of repeated) recipes.set(run, { recipe: name, repeated: true });
  }
  return runs.map((run) => ({
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
    unmeasured: unmeasuredEpochs(run).length,
    recipe: run.studyName,
    repeated: false,
    ...recipes.get(run.folder),
    seed: run.trained?.seed ?? null,
    whole: isWhole(factsOf(run)),
  }));
}

/** What a run is compared by, without its numbers. One whose run.json cannot be read is like no other. */
function factsOf({ folder, id, studyName, studyFile, createdAt, trained, state, imported }: RunSummary): RunFacts {
  return {
    ...{ run: folder, id, name: id, note: '', pinned: false, studyName, studyFile, createdAt, engine: '' },
    recipe: trained?.recipe ?? null,
    seed: trained?.seed ?? 0,
    settings: trained?.settings ?? { run: folder },
    state: imported === undefined ? state : 'imported',
    ...{ finalEpoch: null, bestEpoch: null, chosenBy: 'test', values: {}, series: {} },
  };
}

/** @param rest what is read from the run's folder */
export function curveOf(run: RunSummary, rest: Pick<CurveValues, 'steps' | 'more'>): CurveValues {
  return {
    run: run.folder,
    // A best-so-far may belong to an earlier epoch.
    claims: (run.imported?.accuracies ?? []).flatMap(({ epoch, claimed, differs }) =>
      claimed.testAccuracy === null || claimed.isBestSoFar === true
        ? []
        : [{ epoch, testAccuracy: claimed.testAccuracy, differs }],
    ),
    epochs: [...run.epochs],
    ...rest,
  };
}

/** More curves than this in one chart are hard to tell apart. */
const MOST_PROPOSED = 6;

/** Named runs are shown alone. For a study, or for all, the newest runs with metrics are shown. */
export function proposedRuns(
  runs: readonly RunSummary[],
  { named, studyFile }: { readonly named?: readonly string[]; readonly studyFile?: string },
): string[] {
  if (named !== undefined) return [...named];
  const meant = runs.filter((each) => studyFile === undefined || each.studyFile === studyFile);
  const withCurves = meant.filter((each) => each.epochs.length > 0 || isLive(each) || each.imported !== undefined);
  return withCurves.slice(0, MOST_PROPOSED).map(({ folder }) => folder);
}

/**
 * What is known of a run, for a table of runs and for curves: from run.json, about.json, status.json, metrics.jsonl and the
 * kept results. A number counts only where it is of the run's present checkpoints, by their sums, and of what the study asks
 * now: what is outdated is not there.
 */
import { basename } from 'node:path';
import { fileStamp } from '../../common/fileStamp';
import { engineKey } from '../../comparison/engines';
import type { RunFacts } from '../../comparison/facts';
import type { Study } from '../../study/index';
import { readAbout } from '../about';
import { runNumbers } from '../imported';
import { enginesOf } from '../engineOfRun';
import { bestEpoch } from '../keeping/rule';
import { choosingAccuracies } from '../metrics/choosing';
import { readMetricsFile } from '../metrics/metricsFile';
import { openRun, type Run } from '../open';
import { runPaths } from '../paths';
import { effectiveState, readStatus, type RunStatus } from '../status/status';
import { factsContext } from './context';
import { factsOfKept, readKept, type KnownFiles } from './kept';
import { metricSeries, trainingSeconds, withFacts } from './series';
import { recipeSettings } from './settings';
import { studyNow } from './studyNow';

interface Known {
  readonly stamp: string;
  readonly studyFile: string;
  readonly status: RunStatus | undefined;
  readonly facts: RunFacts;
  readonly files: KnownFiles;
}

const KNOWN = new Map<string, Known>();
/** Of 200 epochs each some 20 kB. */
const MOST_KNOWN = 5000;

/**
 * Reads again only what has changed: where nothing has, a run costs looking at seven files.
 * @param folder absolute
 * @throws InputError where the folder is no run's, or its run.json, metrics or study file cannot be read
 */
export async function readFacts(folder: string): Promise<RunFacts> {
  const known = KNOWN.get(folder);
  const stamp = known && (await stampOf(folder, known.studyFile));
  if (known !== undefined && known.stamp === stamp) return withState(known);
  const run = await openRun(folder);
  // Before anything is read: what changes meanwhile is read again the next time.
  const begun = await stampOf(folder, run.studyFile);
  const [files, status] = await Promise.all([readKept(folder, known?.files ?? new Map()), readStatus(folder)]);
  const facts = await gather(run, files);
  const now: Known = { stamp: begun, studyFile: run.studyFile, status, facts, files };
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(folder, now);
  return withState(now);
}

async function stampOf(folder: string, studyFile: string): Promise<string> {
  const { manifest, about, status, metrics, sums, results } = runPaths(folder);
  const paths = [manifest, about, status, metrics, sums, results, studyFile];
  return (await Promise.all(paths.map((path) => fileStamp(path).catch(() => '')))).join('\n');
}

/** A process may die without a file changing. */
function withState({ facts, status }: Known): RunFacts {
  if (facts.state === 'imported') return facts;
  return { ...facts, state: status === undefined ? 'interrupted' : effectiveState(status) };
}

async function gather(run: Run, files: KnownFiles): Promise<RunFacts> {
  const { folder, id, manifest, studyFile } = run;
  const [{ about }, { epochs: kept }, { study, recipe, sweepBaseline }] = await Promise.all([
    readAbout(folder),
    readMetricsFile(folder),
    studyNow(run),
  ]);
  const { metrics } = await runNumbers(folder, manifest, kept);
  const { accuracies, chosenBy } = choosingAccuracies(metrics);
  const found = withFacts(factsOfKept(files, await factsContext(run, study, metrics)));
  return {
    run: folder,
    id,
    name: about.name ?? id,
    note: about.note ?? '',
    pinned: about.pinned ?? false,
    studyName: nameOf(study, studyFile),
    studyFile,
    recipe,
    ...(sweepBaseline === undefined ? {} : { sweepBaseline }),
    seed: manifest.seed,
    createdAt: manifest.createdAt,
    state: manifest.imported === undefined ? 'interrupted' : 'imported',
    engine: engineKey(enginesOf(manifest).map(({ name }) => name)),
    settings: recipeSettings(manifest.study),
    finalEpoch: metrics.at(-1)?.epoch ?? null,
    bestEpoch: bestEpoch({ present: [...accuracies.keys()], accuracies }) ?? null,
    chosenBy,
    ...(manifest.git === undefined ? {} : { git: manifest.git }),
    values: { ...found.values, seconds: trainingSeconds(metrics) },
    series: { ...metricSeries(metrics), ...found.series },
  };
}

function nameOf({ name }: Study, studyFile: string): string {
  return name === '' ? basename(studyFile) : name;
}

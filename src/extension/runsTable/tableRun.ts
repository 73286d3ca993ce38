/** A run as the page knows it. */
import type { RunFacts } from '../../comparison/facts';
import type { TableRun } from '../../protocol/runsTable';
import { runName } from '../runs/runName';
import { isLive, type RunSummary } from '../runs/runSummary';
import { stateText } from '../runs/runText';

/** @param facts undefined while they are read, a text where they cannot be */
export function tableRun(run: RunSummary, facts: RunFacts | string | undefined): TableRun {
  const unreadable = typeof facts === 'string' ? facts : undefined;
  return {
    facts: { ...(typeof facts === 'object' ? facts : NOTHING_READ), ...identity(run) },
    label: runName(run, 'inStudy'),
    stateText: stateText(run),
    live: isLive(run),
    reading: facts === undefined && run.problem === undefined,
    checkpoints: run.checkpoints.length > 0,
    problem: run.problem ?? unreadable ?? run.damage ?? null,
  };
}

const NOTHING_READ = {
  recipe: null,
  seed: 0,
  engine: '',
  settings: {},
  finalEpoch: null,
  bestEpoch: null,
  chosenBy: 'test' as const,
  values: {},
  series: {},
};

/** What the run store knows, which follows renamed studies and edited notes. */
function identity(run: RunSummary) {
  return {
    run: run.folder,
    id: run.id,
    name: run.about.name ?? run.id,
    note: run.about.note ?? '',
    pinned: run.about.pinned ?? false,
    studyName: run.studyName,
    studyFile: run.studyFile,
    createdAt: run.createdAt,
    state: run.imported !== undefined && run.state === 'finished' ? 'imported' : run.state,
  };
}

import { hostname } from 'node:os';
import * as vscode from 'vscode';
import type { Log } from '../log';
import { createKnownPlaces } from './knownPlaces';
import { launchState, rememberedLaunches, startingRun, type Launch } from './launches';
import { refreshRegularly } from './refreshRegularly';
import { manifestStamp, openKnownRun, readRun, sameRun } from './readRun';
import type { RunStore, StudyMove } from './runStore';
import { isLive, type KnownRun, type RunSummary } from './runSummary';
import { stampRuns, stampStudies } from './stamps';
import { indexStudies, type StudyIndex } from './studyIndex';
import { watchWorkspace } from './watchWorkspace';

const POLL_MILLISECONDS = 1000;
/** Of what is read by then the others are told, while more is read. */
const TELL_MILLISECONDS = 250;

/** The run store with the methods by which the rest of the extension updates it. */
export interface OwnedRunStore extends RunStore {
  /** A training was started here. */
  launched(launch: Launch): Promise<void>;
  /** A training that was started here ended before it began. */
  readonly onDidDieEarly: vscode.Event<Launch>;
  /** Reports that a run's state has changed, except for runs that are seen for the first time. */
  readonly onDidChangeState: vscode.Event<{ readonly before: RunSummary; readonly now: RunSummary }>;
  /**
   * The process on this machine of a training that has not begun. For one from here, the request to stop is recorded.
   */
  stopLaunch(folder: string): Promise<number | undefined>;
  /** Reads one run again, or forgets it if it is gone. */
  reread(folder: string): Promise<void>;
  /** Reads studies and runs again, and reports study files whose paths have changed. */
  movedStudies(moves: readonly StudyMove[]): Promise<void>;
}

export function createRunStore(memory: vscode.Memento, log: Log): OwnedRunStore {
  const changed = new vscode.EventEmitter<void>();
  const diedEarly = new vscode.EventEmitter<Launch>();
  const stateChanged = new vscode.EventEmitter<{ before: RunSummary; now: RunSummary }>();
  const moved = new vscode.EventEmitter<StudyMove>();
  const fileChanged = new vscode.EventEmitter<vscode.Uri | undefined>();
  const known = createKnownPlaces(log);
  const launches = rememberedLaunches(memory);
  const opened = new Map<string, { readonly run: KnownRun; readonly stamp: string }>();
  const summaries = new Map<string, RunSummary>();
  let index: StudyIndex | undefined;
  /** The folders that may have runs. */
  let places: ReadonlySet<string> = new Set();
  let runStamps: ReadonlyMap<string, string> = new Map();
  let studyStamps: ReadonlyMap<string, number> = new Map();
  let busy: Promise<void> = Promise.resolve();

  /** Runs are read one after another, so that an older reading does not replace a newer one. */
  function inTurn(work: () => Promise<boolean>): Promise<void> {
    busy = busy.then(async () => {
      try {
        if (await work()) changed.fire();
      } catch (error) {
        log.error('The runs could not be read.', error instanceof Error ? error : String(error));
      }
    });
    return busy;
  }

  function put(summary: RunSummary): boolean {
    const before = summaries.get(summary.folder);
    if (before !== undefined && sameRun(before, summary)) return false;
    summaries.set(summary.folder, summary);
    if (before !== undefined && before.state !== summary.state) stateChanged.fire({ before, now: summary });
    return true;
  }

  function forget(folder: string): boolean {
    opened.delete(folder);
    return summaries.delete(folder);
  }

  /** run.json changes only when another study file adopts the run, so it is read again only if it was rewritten. */
  async function knownRun(folder: string): Promise<KnownRun | undefined> {
    const earlier = opened.get(folder);
    const stamp = await manifestStamp(folder);
    if (earlier !== undefined && earlier.stamp === stamp) return earlier.run;
    const run = await openKnownRun(folder);
    if (run === undefined || run.problem !== undefined || stamp === undefined) opened.delete(folder);
    else opened.set(folder, { run, stamp });
    return run;
  }

  /** @returns whether anything has changed */
  async function read(folder: string): Promise<boolean> {
    const run = await knownRun(folder);
    const launch = launches.all().find((each) => each.folder === folder);
    if (run === undefined) return launch === undefined ? readAnnounced(folder) : readUnbegun(folder, launch);
    const summary = await readRun(run, await index?.studyOf(run));
    if (launch === undefined) return readAnnounced(folder, summary);
    switch (launchState(launch, summary.status)) {
      case 'starting':
        return put(startingRun(launch, summary));
      case 'begun':
        await launches.remove(launch);
        return put(summary);
      case 'dead':
        await died(launch);
        return put(summary);
    }
  }

  /**
   * A training that another window or a terminal started may be about to begin.
   * @param existing the run that it resumes
   */
  async function readAnnounced(folder: string, existing?: RunSummary): Promise<boolean> {
    const { readStarting } = await import('../../runs');
    const starting = existing !== undefined && isLive(existing) ? undefined : await readStarting(folder);
    if (starting !== undefined) return put(startingRun({ ...starting, folder, launchedAt: starting.since }, existing));
    return existing === undefined ? forget(folder) : put(existing);
  }

  async function readUnbegun(folder: string, launch: Launch): Promise<boolean> {
    if (launchState(launch, undefined) !== 'dead') return put(startingRun(launch, undefined));
    await died(launch);
    return forget(folder);
  }

  async function died(launch: Launch): Promise<void> {
    await launches.remove(launch);
    diedEarly.fire(launch);
  }

  async function search(): Promise<boolean> {
    await known.search();
    return readAll();
  }

  async function readAll(): Promise<boolean> {
    // A study that was edited makes its runs stale.
    const before = JSON.stringify([index?.studies, [...studyStamps]]);
    places = await known.folders();
    // Taken before reading, so that a change during the reading causes another reading.
    [runStamps, studyStamps] = await Promise.all([stampRuns(places), stampStudies(places)]);
    known.addStudies([...studyStamps.keys()]);
    const files = known.studies();
    const folders = new Set(runStamps.keys());
    for (const { folder } of launches.all()) folders.add(folder);
    // A run's study may lie outside of the workspace.
    const runs = await Promise.all([...folders].map(knownRun));
    const { nameInFile } = await import('../../study/namesakes');
    index = await indexStudies([...files, ...runs.flatMap((run) => run?.studyFile ?? [])], nameInFile);
    let different = before !== JSON.stringify([index.studies, [...studyStamps]]);
    for (const folder of [...summaries.keys()].filter((each) => !folders.has(each)))
      different = forget(folder) || different;
    let told = Date.now();
    // The newest first, for those who look on while hundreds are read.
    for (const folder of [...folders].sort().reverse()) {
      different = (await read(folder)) || different;
      if (!different || Date.now() - told < TELL_MILLISECONDS) continue;
      changed.fire();
      [told, different] = [Date.now(), false];
    }
    return different;
  }

  /** Checks known folders for changes that watchers may have missed. */
  async function look(): Promise<boolean> {
    const [runs, studies] = await Promise.all([stampRuns(places), stampStudies(places)]);
    const written = [...new Set([...studies.keys(), ...studyStamps.keys()])].filter(
      (file) => studies.get(file) !== studyStamps.get(file),
    );
    for (const file of written) fileChanged.fire(vscode.Uri.file(file));
    if (written.length > 0) return readAll();
    const before = runStamps;
    runStamps = runs;
    const launched = new Set(launches.all().map(({ folder }) => folder));
    const gone = [...summaries.keys()].filter((folder) => !runs.has(folder) && !launched.has(folder));
    let different = gone.map(forget).includes(true);
    for (const [folder, now] of runs) {
      if (before.get(folder) !== now) different = (await read(folder)) || different;
    }
    return different;
  }

  async function poll(): Promise<boolean> {
    let different = false;
    for (const { folder } of [...summaries.values()].filter(isLive)) {
      different = (await read(folder)) || different;
    }
    return different;
  }

  const reread = (folder: string): Promise<void> => inTurn(() => read(folder));
  const refresh = (): Promise<void> => inTurn(search);
  const studyPath = (file: string): string => index?.pathOf(file) ?? file;
  const sorted = (): RunSummary[] =>
    [...summaries.values()].sort((a, b) => order(b.createdAt, a.createdAt) || order(b.id, a.id));
  const timer = setInterval(() => {
    if ([...summaries.values()].some(isLive)) void inTurn(poll);
  }, POLL_MILLISECONDS);
  const watcher = watchWorkspace({
    file: (uri) => fileChanged.fire(uri),
    runs(folders) {
      for (const folder of folders) {
        known.addRun(folder);
        void reread(folder);
      }
    },
    studies(files) {
      known.addStudies(files);
      void inTurn(readAll);
    },
    folders: () => void refresh(),
  });
  const looking = refreshRegularly(async () => {
    await inTurn(look);
    fileChanged.fire(undefined);
  });

  return {
    onDidChange: changed.event,
    onDidDieEarly: diedEarly.event,
    onDidChangeState: stateChanged.event,
    onDidMoveStudy: moved.event,
    onDidChangeFile: fileChanged.event,
    ready: refresh(),
    runs: sorted,
    studies: () => index?.studies ?? [],
    studyPath,
    find: (folder) => summaries.get(folder),
    newestOf: (file) => sorted().find((run) => run.studyFile === studyPath(file) && run.state !== 'damaged'),
    refresh,
    reread,
    async movedStudies(moves) {
      known.addStudies(moves.map(({ to }) => to));
      for (const folder of moves.flatMap(({ runs }) => [...runs.values()])) known.addRun(folder);
      await inTurn(readAll);
      for (const move of moves) moved.fire(move);
    },
    async stopLaunch(folder) {
      const launch = launches.all().find((each) => each.folder === folder);
      if (launch !== undefined) await launches.add({ ...launch, stopAsked: true });
      if (launch !== undefined) return launch.pid;
      const { readStarting } = await import('../../runs');
      const starting = await readStarting(folder);
      return starting?.host === hostname() ? starting.pid : undefined;
    },
    async launched(launch) {
      await launches.add(launch);
      await reread(launch.folder);
    },
    dispose() {
      clearInterval(timer);
      for (const owned of [watcher, looking, known, changed, diedEarly, stateChanged, moved, fileChanged])
        owned.dispose();
    },
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

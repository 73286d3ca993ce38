import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { SweepState } from '../../sweeps/sweepState';
import type { Log } from '../log';
import type { OwnedRunStore } from '../runs/createRunStore';
import { createSchedulerWatch } from './schedulerWatch';
import { isAway } from './clusterTask';

/** The sweeps of the workspace's studies, kept up to date from their files. */
export interface SweepStore extends vscode.Disposable {
  /** Fires when a sweep has changed, or a study has got one or lost it. */
  readonly onDidChange: vscode.Event<void>;
  /** As it was read last; undefined where the study has no sweep, cannot be read, or was not read yet. */
  of(studyFile: string): SweepState | undefined;
  all(): readonly SweepState[];
  /** Why the sweep of a study file cannot be read; undefined where it can. */
  problemOf(studyFile: string): string | undefined;
  /** Reads the sweep of a study file now. */
  reread(studyFile: string): Promise<SweepState | undefined>;
}

/** While a sweep runs it is looked at so often, and at most for a fifth of the time. */
const POLL_MILLISECONDS = 1000;
const SHARE_OF_TIME = 5;
/** What only a cluster works on changes by files of a shared disk, which are many. */
const AWAY_MILLISECONDS = 5000;
const SWEEPS_PATTERN = '**/.epochlens/sweeps/**';

interface Known {
  readonly modified: number;
  readonly state: SweepState | undefined;
  readonly problem: string | undefined;
}

export function createSweepStore(runStore: OwnedRunStore, log: Log): SweepStore {
  const changed = new vscode.EventEmitter<void>();
  const known = new Map<string, Known>();
  let busy: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let dueAt = 0;
  let pause = 0;
  let goesOn = false;
  const scheduler = createSchedulerWatch(log, () => {
    dueAt = 0;
    soon();
  });

  /** @returns whether anything has changed */
  async function read(file: string): Promise<boolean> {
    const before = known.get(file);
    const modified = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (modified === undefined) return known.delete(file);
    // A study without a sweep gets one by an edit alone.
    if (before !== undefined && before.state === undefined && before.modified === modified) return false;
    const { readSweepState } = await import('../../sweeps');
    const now = await readSweepState(file).then(
      (state): Known => ({ modified, state, problem: undefined }),
      (error: unknown): Known => ({ modified, state: undefined, problem: messageOf(error) }),
    );
    known.set(file, now);
    return JSON.stringify(shownOf(before)) !== JSON.stringify(shownOf(now));
  }

  async function readAll(): Promise<void> {
    const begin = performance.now();
    const files = new Set(runStore.studies().map(({ file }) => file));
    let different = [...known.keys()].filter((file) => !files.has(file)).map((file) => known.delete(file)).length > 0;
    for (const file of files) different = (await read(file)) || different;
    const states = [...known.values()].flatMap(({ state }) => state ?? []);
    const isHere = states.some(({ runner }) => runner !== undefined);
    goesOn = isHere || states.some(({ cells }) => cells.some(isAway));
    scheduler.watch(states);
    pause = Math.max(isHere ? POLL_MILLISECONDS : AWAY_MILLISECONDS, SHARE_OF_TIME * (performance.now() - begin));
    if (different) changed.fire();
  }

  /** One reading at a time, so that an older one does not replace a newer one. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = busy.then(work);
    busy = done.then(
      () => undefined,
      (error: unknown) => log.error('The sweeps could not be read.', error instanceof Error ? error : String(error)),
    );
    return done;
  }

  function soon(): void {
    if (timer !== undefined) return;
    timer = setTimeout(
      () => {
        void inTurn(readAll)
          .catch(() => undefined)
          .then(() => {
            timer = undefined;
            dueAt = Date.now() + pause;
            if (goesOn) soon();
          });
      },
      Math.max(dueAt - Date.now(), 0),
    );
  }

  const watcher = vscode.workspace.createFileSystemWatcher(SWEEPS_PATTERN);
  const subscriptions = [
    watcher,
    watcher.onDidCreate(soon),
    watcher.onDidChange(soon),
    watcher.onDidDelete(soon),
    runStore.onDidChange(soon),
    // At intervals, because watchers miss some.
    runStore.onDidChangeFile((uri) => {
      if (uri === undefined) soon();
    }),
  ];
  void runStore.ready.then(soon);

  const of = (file: string): SweepState | undefined => known.get(runStore.studyPath(file))?.state;
  return {
    onDidChange: changed.event,
    of,
    all: () => [...known.values()].flatMap(({ state }) => state ?? []),
    problemOf: (file) => known.get(runStore.studyPath(file))?.problem,
    async reread(file) {
      await inTurn(async () => {
        if (await read(runStore.studyPath(file))) changed.fire();
      });
      soon();
      return of(file);
    },
    dispose() {
      clearTimeout(timer);
      for (const owned of [...subscriptions, changed, scheduler]) owned.dispose();
    },
  };
}

/** What of a sweep anybody sees: its cells' studies are not compared, whose hashes are their ids. */
function shownOf(known: Known | undefined): unknown {
  if (known?.state === undefined) return known;
  const { cells, ...rest } = known.state;
  return [rest, known.problem, cells.map(({ cell, ...others }) => [cell.id, cell.recipe, cell.seed, others])];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The settings and results of the runs in the table: read in the background, and again where a run has changed. */
import type { RunFacts } from '../../comparison/facts';
import type { TableRun } from '../../protocol/runsTable';
import type { RunSummary } from '../runs/runSummary';
import { tableRun } from './tableRun';

export interface KnownRunsOptions {
  /** The runs that there are now. */
  readonly runs: () => readonly RunSummary[];
  /** Reads a run folder. @throws where it cannot be read */
  readonly read: (folder: string) => Promise<RunFacts>;
  /** Told of what is new or has changed, and of the folders that are gone, several at a time. */
  readonly tell: (change: { readonly changed: TableRun[]; readonly gone: string[] }) => void;
}

export interface KnownRuns {
  /** What is known by now. Those that are not read yet are read from here on, until it rests. */
  now(): TableRun[];
  /** Compares with the runs that there are, and reads those that have changed. */
  update(): void;
  /** Results of this run are new or gone. */
  touched(folder: string): void;
  /** While nobody looks on nothing is read or told; what is known stays so. */
  rest(): void;
}

interface Known {
  readonly summary: RunSummary;
  /** Undefined before the first reading; a text says why it cannot be read. */
  facts: RunFacts | string | undefined;
}

/** So many folders are read at once, and so long is waited before the page is told of several together. */
const AT_ONCE = 2;
const TELL_MILLISECONDS = 60;
/** Results come as many files one after another. */
const QUIET_MILLISECONDS = 500;

export function createKnownRuns({ runs, read, tell }: KnownRunsOptions): KnownRuns {
  const known = new Map<string, Known>();
  const waiting = new Set<string>();
  const toTell = new Set<string>();
  const gone = new Set<string>();
  let reading = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let rests = true;

  function changed(folder: string): void {
    if (rests) return;
    toTell.add(folder);
    timer ??= setTimeout(flush, TELL_MILLISECONDS);
  }

  function flush(): void {
    timer = undefined;
    const now = [...toTell].flatMap((folder) => known.get(folder) ?? []);
    tell({ changed: now.map(({ summary, facts }) => tableRun(summary, facts)), gone: [...gone] });
    toTell.clear();
    gone.clear();
  }

  function next(): void {
    for (const folder of waiting) {
      if (reading >= AT_ONCE || rests) return;
      waiting.delete(folder);
      void readOne(folder);
    }
  }

  async function readOne(folder: string): Promise<void> {
    reading++;
    const facts = await read(folder).catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    reading--;
    const entry = known.get(folder);
    if (entry !== undefined) {
      entry.facts = facts;
      changed(folder);
    }
    next();
  }

  function compare(): void {
    const there = new Set<string>();
    for (const summary of runs()) {
      there.add(summary.folder);
      const before = known.get(summary.folder);
      if (before?.summary === summary) continue;
      known.set(summary.folder, { summary, facts: before?.facts });
      changed(summary.folder);
      // A folder whose run.json cannot be read has the store's word for it.
      if (summary.problem === undefined) waiting.add(summary.folder);
    }
    for (const folder of [...known.keys()].filter((each) => !there.has(each))) {
      known.delete(folder);
      gone.add(folder);
      changed(folder);
    }
    next();
  }

  return {
    now() {
      rests = false;
      compare();
      // The newest come first, as in the run store.
      return runs().flatMap(({ folder }) => {
        const entry = known.get(folder);
        return entry === undefined ? [] : [tableRun(entry.summary, entry.facts)];
      });
    },
    update() {
      if (!rests) compare();
    },
    touched(folder) {
      if (!known.has(folder)) return;
      waiting.add(folder);
      quiet ??= setTimeout(() => {
        quiet = undefined;
        next();
      }, QUIET_MILLISECONDS);
    },
    rest() {
      rests = true;
      clearTimeout(timer);
      timer = undefined;
      toTell.clear();
      gone.clear();
    },
  };
}

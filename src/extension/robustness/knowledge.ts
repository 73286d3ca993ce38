/** The results of watched runs' tests, requested again when they may have changed. */
import type * as vscode from 'vscode';
import type { ExtensionContextParts } from '../context';
import type { RunSummary } from '../runs/runSummary';
import { basisOf } from './basis';
import { askTests } from './askTests';
import type { KnownTests, TestResult } from './outcomes';
import { readStudyText } from './studyFiles';
import type { StudyTest } from './studyTests';
import { watchResults } from './watchResults';

export interface Knowledge extends vscode.Disposable {
  readonly known: (run: string) => KnownTests | undefined;
  /** Starts watching a run. An engine is started only if the run has results. */
  readonly watch: (run: RunSummary) => void;
  /** Checks whether anything has changed. */
  look(run: string): void;
  /** Called before a run's tests are computed, with those of the present study file. */
  begin(run: RunSummary): Promise<void>;
  /** Adds a result that was just computed. */
  take(run: string, result: TestResult): void;
}

export interface KnowledgeOptions {
  /** Whether a run's tests are being computed, in which case results arrive without a request. */
  readonly isBusy: (run: string) => boolean;
  readonly changed: (run: string) => void;
}

type Parts = Pick<ExtensionContextParts, 'engine' | 'runStore' | 'log'>;

export function createKnowledge({ engine, runStore, log }: Parts, { isBusy, changed }: KnowledgeOptions): Knowledge {
  const known = new Map<string, KnownTests>();
  /** For each run, what its last answer was based on; undefined before the first answer. */
  const watched = new Map<string, string | undefined>();
  const asking = new Set<string>();
  const askAgain = new Set<string>();

  /** Requests are made one at a time, so that the newest answer is the last. */
  async function look(folder: string): Promise<void> {
    if (asking.has(folder)) {
      askAgain.add(folder);
      return;
    }
    asking.add(folder);
    try {
      await ask(folder);
    } catch (error) {
      log.warn(`The test results of ${folder} could not be read: ${String(error)}`);
    } finally {
      asking.delete(folder);
    }
    if (askAgain.delete(folder)) await look(folder);
  }

  async function ask(folder: string): Promise<void> {
    const run = runStore.find(folder);
    if (run === undefined || run.checkpoints.length === 0 || isBusy(folder)) return;
    const basis = await basisOf(run);
    if (basis.text === watched.get(folder)) return;
    watched.set(folder, basis.text);
    const tests = await testsOf(run);
    const results: TestResult[] = [];
    if (basis.hasResults) {
      const asked = { run: folder, epochs: [...run.checkpoints], tests, compute: false };
      await askTests(engine, asked, { onResult: (result) => results.push(result) });
    }
    set(folder, tests, (_, index) => ofEntry(results, index));
    changed(folder);
  }

  function set(
    run: string,
    tests: readonly StudyTest[],
    resultsOf: (test: StudyTest, index: number) => KnownTests['tests'][number]['results'],
  ): void {
    known.set(run, { run, tests: tests.map((test, index) => ({ ...test, results: resultsOf(test, index) })) });
  }

  const lookAtAll = (): void => {
    for (const folder of watched.keys()) void look(folder);
  };
  const subscriptions = [runStore.onDidChange(lookAtAll), watchResults(runStore, lookAtAll)];

  return {
    known: (run) => known.get(run),
    watch({ folder }) {
      if (watched.has(folder)) return;
      watched.set(folder, undefined);
      void look(folder);
    },
    look: (run) => void look(run),
    async begin(run) {
      const tests = await testsOf(run);
      // Results of unchanged tests stay.
      const before = known.get(run.folder)?.tests ?? [];
      set(run.folder, tests, ({ key }) => before.find((test) => test.key === key)?.results ?? new Map());
    },
    take(run, result) {
      const before = known.get(run);
      if (before === undefined) return;
      const tests = before.tests.map((test, index) =>
        index === result.entry ? { ...test, results: new Map(test.results).set(result.epoch, result) } : test,
      );
      known.set(run, { run, tests });
      changed(run);
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** The tests of the saved study file. */
export async function testsOf({ studyFile }: RunSummary): Promise<readonly StudyTest[]> {
  const text = await readStudyText(studyFile);
  if (text === undefined) return [];
  // Schemas are loaded with the first watched run.
  const { studyTests } = await import('./studyTests');
  return studyTests(text, studyFile).tests ?? [];
}

function ofEntry(results: readonly TestResult[], entry: number): Map<number, TestResult> {
  return new Map(results.filter((result) => result.entry === entry).map((result) => [result.epoch, result]));
}

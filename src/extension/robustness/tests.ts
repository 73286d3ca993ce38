/**
 * What is known of the perturbation tests of runs, kept up to date from the study file and the run folder, and the one
 * place from which they are computed: lenses, Test Explorer and panel see the same results and the same progress.
 */
import * as vscode from 'vscode';
import type { RobustnessResultMessage } from '../../protocol/robustness';
import { createTimeLeft } from '../../common/timeLeft';
import type { ExtensionContextParts } from '../context';
import type { RunSummary } from '../runs/runSummary';
import { basisOf, type Basis } from './basis';
import type { TestProgress } from './lenses';
import type { KnownTests } from './outcomes';
import { readStudyText } from './studyFiles';
import type { StudyTest } from './studyTests';
import { watchResults } from './watchResults';

export interface TestRequest {
  readonly run: RunSummary;
  /** Places in the study's list, from 0; all when absent. */
  readonly entries?: readonly number[] | undefined;
  readonly epochs: readonly number[];
  /** The Test Explorer's own run, where it was asked for there. */
  readonly shownIn?: vscode.TestRun;
}

/** Tests that are being computed. */
export interface TestJob extends TestRequest {
  readonly progress: TestProgress;
  readonly onResult: vscode.Event<RobustnessResultMessage>;
  /** Told once: an error where it failed, nothing where it is done or was cancelled. */
  readonly onEnd: vscode.Event<Error | undefined>;
  cancel(): void;
  /** @throws WorkError, InputError, CancelledError */
  readonly finished: Promise<void>;
}

export interface RobustnessTests extends vscode.Disposable {
  /** Something about a run's tests, its folder, is not as it was. */
  readonly onDidChange: vscode.Event<string>;
  readonly onDidStart: vscode.Event<TestJob>;
  /** What is known now. */
  known(run: string): KnownTests | undefined;
  jobs(run: string): readonly TestJob[];
  /** From now on somebody wants to know. An engine is started only where the run has results. */
  watch(run: RunSummary): void;
  compute(request: TestRequest): TestJob;
}

type Parts = Pick<ExtensionContextParts, 'engine' | 'runStore' | 'log'>;

export function createRobustnessTests({ engine, runStore, log }: Parts): RobustnessTests {
  const changed = new vscode.EventEmitter<string>();
  const started = new vscode.EventEmitter<TestJob>();
  const known = new Map<string, KnownTests>();
  const jobs = new Set<TestJob>();
  /** By run: what the last answer was of. */
  const watched = new Map<string, Basis | undefined>();
  const asking = new Set<string>();
  const askAgain = new Set<string>();

  /** Asks what is known of a run, where that may have changed. One question at a time: the newest answer counts. */
  async function look(folder: string): Promise<void> {
    if (asking.has(folder)) {
      askAgain.add(folder);
      return;
    }
    asking.add(folder);
    try {
      await ask(folder);
    } catch (error) {
      log.warn(`What is known of the tests of ${folder} could not be found out: ${String(error)}`);
    } finally {
      asking.delete(folder);
    }
    if (askAgain.delete(folder)) await look(folder);
  }

  async function ask(folder: string): Promise<void> {
    const run = runStore.find(folder);
    // While it is computed the results come by themselves.
    if (run === undefined || run.checkpoints.length === 0 || jobsOf(folder).length > 0) return;
    const basis = await basisOf(run);
    if (basis.text === watched.get(folder)?.text) return;
    watched.set(folder, basis);
    const tests = await testsOf(run);
    const results: RobustnessResultMessage[] = [];
    if (basis.hasResults && tests.length > 0) {
      const params = { ...source(run, basis), epochs: [...run.checkpoints], compute: false };
      await engine.request('robustness', params, {
        progress: (value) => {
          if (value.kind === 'result') results.push(value);
        },
      });
    }
    known.set(folder, {
      run: folder,
      tests: tests.map((test, index) => ({ ...test, results: ofEntry(results, index) })),
    });
    changed.fire(folder);
  }

  function jobsOf(folder: string): TestJob[] {
    return [...jobs].filter(({ run }) => run.folder === folder);
  }

  function take(folder: string, result: RobustnessResultMessage): void {
    const before = known.get(folder);
    if (before === undefined) return;
    const tests = before.tests.map((test, index) =>
      index === result.entry ? { ...test, results: new Map(test.results).set(result.epoch, result) } : test,
    );
    known.set(folder, { run: folder, tests });
    changed.fire(folder);
  }

  /** The tests are those of the file as it is now: what was known of them goes on to count where they are the same. */
  async function begin(run: RunSummary): Promise<Basis> {
    const [basis, tests] = await Promise.all([basisOf(run), testsOf(run)]);
    const before = known.get(run.folder)?.tests ?? [];
    known.set(run.folder, {
      run: run.folder,
      tests: tests.map((test) => ({
        ...test,
        results: before.find(({ key }) => key === test.key)?.results ?? new Map(),
      })),
    });
    return basis;
  }

  function compute(request: TestRequest): TestJob {
    const { run, entries, epochs } = request;
    const controller = new AbortController();
    const resulted = new vscode.EventEmitter<RobustnessResultMessage>();
    const ended = new vscode.EventEmitter<Error | undefined>();
    const timeLeft = createTimeLeft();
    let progress: TestProgress = { done: 0, of: 0, left: undefined };
    const job: TestJob = {
      ...request,
      get progress() {
        return progress;
      },
      onResult: resulted.event,
      onEnd: ended.event,
      cancel: () => controller.abort(),
      finished: Promise.resolve().then(work),
    };
    jobs.add(job);
    started.fire(job);
    changed.fire(run.folder);
    // Whoever waits hears of it; where nobody does it is no defect.
    job.finished.catch(() => undefined);
    return job;

    async function work(): Promise<void> {
      let error: Error | undefined;
      try {
        const basis = await begin(run);
        const chosen = entries === undefined ? {} : { entries: [...entries] };
        const params = { ...source(run, basis), ...chosen, epochs: [...epochs], compute: true };
        await engine.request('robustness', params, {
          signal: controller.signal,
          progress: (value) => {
            if (value.kind === 'count') progress = { ...value, left: timeLeft(value.done, value.of) };
            if (value.kind === 'count') changed.fire(run.folder);
            if (value.kind !== 'result') return;
            resulted.fire(value);
            take(run.folder, value);
          },
        });
      } catch (thrown) {
        const { failure } = await import('./failure');
        error = failure(thrown);
        throw error;
      } finally {
        jobs.delete(job);
        ended.fire(controller.signal.aborted ? undefined : error);
        for (const owned of [resulted, ended]) owned.dispose();
        changed.fire(run.folder);
        void look(run.folder);
      }
    }
  }

  const lookAtAll = (): void => {
    for (const folder of watched.keys()) void look(folder);
  };
  const subscriptions = [runStore.onDidChange(lookAtAll), watchResults(lookAtAll)];

  return {
    onDidChange: changed.event,
    onDidStart: started.event,
    known: (run) => known.get(run),
    jobs: jobsOf,
    watch({ folder }) {
      if (watched.has(folder)) return;
      watched.set(folder, undefined);
      void look(folder);
    },
    compute,
    dispose() {
      for (const job of jobs) job.cancel();
      vscode.Disposable.from(...subscriptions, changed, started).dispose();
    },
  };
}

/** Whose perturbations are tested: the file's, as long as there is one. */
function source({ folder, studyFile }: RunSummary, { hasStudyFile }: Basis): { run: string; study?: string } {
  return hasStudyFile ? { run: folder, study: studyFile } : { run: folder };
}

/** Of the study file as it is on the disk. */
async function testsOf({ studyFile }: RunSummary): Promise<readonly StudyTest[]> {
  const text = await readStudyText(studyFile);
  if (text === undefined) return [];
  // Schemas are loaded once somebody wants to know.
  const { studyTests } = await import('./studyTests');
  return studyTests(text, studyFile).tests ?? [];
}

function ofEntry(results: readonly RobustnessResultMessage[], entry: number): Map<number, RobustnessResultMessage> {
  return new Map(results.filter((result) => result.entry === entry).map((result) => [result.epoch, result]));
}

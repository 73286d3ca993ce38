/**
 * The single place that computes perturbation tests and knows their results, so that lenses, Test Explorer and panel
 * show the same results and progress.
 */
import * as vscode from 'vscode';
import { createTimeLeft } from '../../common/timeLeft';
import type { ExtensionContextParts } from '../context';
import type { RunSummary } from '../runs/runSummary';
import { createInterrupted, type Interrupted } from './interrupted';
import { createTestLedger } from './interrupted/ledger';
import { createKnowledge, testsOf, type Knowledge } from './knowledge';
import { askTests } from './askTests';
import type { TestProgress } from './lenses';
import type { TestResult } from './outcomes';

export interface TestRequest {
  readonly run: RunSummary;
  /** Positions in the study's list, from 0; absent for all. */
  readonly entries?: readonly number[] | undefined;
  readonly epochs: readonly number[];
  /** The Test Explorer's own run, if it started there. */
  readonly shownIn?: vscode.TestRun;
}

/** Tests that are being computed. */
export interface TestJob extends TestRequest {
  readonly progress: TestProgress;
  readonly onResult: vscode.Event<TestResult>;
  /** Fires once: with an error if the job failed, with nothing if it finished or was cancelled. */
  readonly onEnd: vscode.Event<Error | undefined>;
  cancel(): void;
  /** @throws WorkError, InputError, CancelledError */
  readonly finished: Promise<void>;
}

export interface RobustnessTests extends vscode.Disposable, Pick<Knowledge, 'known' | 'watch'> {
  /** Reports the folder of a run whose tests have changed. */
  readonly onDidChange: vscode.Event<string>;
  /** Reports the folder of a run whose job has progressed. */
  readonly onDidCount: vscode.Event<string>;
  readonly onDidStart: vscode.Event<TestJob>;
  /** Tests that closed windows did not finish. */
  readonly interrupted: Interrupted;
  jobs(run: string): readonly TestJob[];
  compute(request: TestRequest): TestJob;
  /**
   * Records tests that will be computed one after another, including those that have not begun.
   * @returns a function that removes the record
   */
  remember(requests: readonly TestRequest[]): Promise<() => Promise<void>>;
}

export function createRobustnessTests(
  parts: Pick<ExtensionContextParts, 'context' | 'engine' | 'runStore' | 'log'>,
): RobustnessTests {
  const ledger = createTestLedger(parts.context.storageUri?.fsPath);
  const interrupted = createInterrupted(ledger, parts.log);
  /** This window is closing, so what it was computing stays open. */
  let ending = false;
  const changed = new vscode.EventEmitter<string>();
  const counted = new vscode.EventEmitter<string>();
  const started = new vscode.EventEmitter<TestJob>();
  const jobs = new Set<TestJob>();
  const jobsOf = (folder: string): TestJob[] => [...jobs].filter(({ run }) => run.folder === folder);
  const knowledge = createKnowledge(parts, {
    isBusy: (run) => jobsOf(run).length > 0,
    changed(run) {
      const known = knowledge.known(run);
      if (known !== undefined) interrupted.settle(known);
      changed.fire(run);
    },
  });

  async function remember(requests: readonly TestRequest[]): Promise<() => Promise<void>> {
    const forgetting = await Promise.all(
      requests.map(async ({ run, entries, epochs }) => {
        const chosen = (await testsOf(run)).filter(({ index }) => entries?.includes(index) ?? true);
        return ledger.begin({ run: run.folder, keys: chosen.map(({ key }) => key), epochs });
      }),
    );
    return async () => {
      if (!ending) for (const forget of forgetting) await forget();
    };
  }

  function compute(request: TestRequest): TestJob {
    const { folder } = request.run;
    const controller = new AbortController();
    const resulted = new vscode.EventEmitter<TestResult>();
    const ended = new vscode.EventEmitter<Error | undefined>();
    const timeLeft = createTimeLeft();
    let progress: TestProgress = { done: 0, of: 0, left: undefined, behind: undefined };
    const job: TestJob = {
      ...request,
      get progress() {
        return progress;
      },
      onResult: resulted.event,
      onEnd: ended.event,
      cancel: () => controller.abort(),
      // Only after the job is registered.
      finished: Promise.resolve().then(work),
    };
    jobs.add(job);
    started.fire(job);
    changed.fire(folder);
    // A waiting caller receives the rejection; without one it is no unhandled rejection.
    job.finished.catch(() => undefined);
    return job;

    async function work(): Promise<void> {
      let error: Error | undefined;
      let forget = (): Promise<void> => Promise.resolve();
      try {
        forget = await remember([request]);
        await ask();
      } catch (thrown) {
        const { failure } = await import('../engine/failure');
        error = failure(thrown);
        throw error;
      } finally {
        jobs.delete(job);
        await forget();
        ended.fire(controller.signal.aborted ? undefined : error);
        for (const owned of [resulted, ended]) owned.dispose();
        changed.fire(folder);
        knowledge.look(folder);
      }
    }

    async function ask(): Promise<void> {
      const { run, entries, epochs } = request;
      await knowledge.begin(run);
      const all = await testsOf(run);
      const tests = all.filter(({ index }) => entries?.includes(index) ?? true);
      await askTests(
        parts.engine,
        { run: run.folder, epochs, tests, compute: true },
        {
          signal: controller.signal,
          onResult(result) {
            resulted.fire(result);
            knowledge.take(folder, result);
          },
          onCount(done, of) {
            progress = { done, of, left: timeLeft(done, of), behind: undefined };
            counted.fire(folder);
          },
          onWaiting(behind) {
            progress = { ...progress, behind: behind ?? undefined };
            counted.fire(folder);
          },
        },
      );
    }
  }

  return {
    onDidChange: changed.event,
    onDidCount: counted.event,
    onDidStart: started.event,
    known: knowledge.known,
    watch: knowledge.watch,
    interrupted,
    jobs: jobsOf,
    compute,
    remember,
    dispose() {
      ending = true;
      for (const job of jobs) job.cancel();
      vscode.Disposable.from(knowledge, interrupted, changed, counted, started).dispose();
    },
  };
}

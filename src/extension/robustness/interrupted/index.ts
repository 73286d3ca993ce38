/**
 * Tests that were cut off when their window was reloaded or closed. They are shown as interrupted and offered again.
 */
import * as vscode from 'vscode';
import type { ExtensionContextParts } from '../../context';
import { batchesOf } from '../explorer/requests';
import type { KnownTests } from '../outcomes';
import type { RobustnessTests } from '../tests';
import type { LeftTests, PlannedTests, TestLedger } from './ledger';
import { isPlanned, openTests } from './openTests';

/** Another window's tests may finish, or be cut off. */
const AGAIN_MILLISECONDS = 2000;

export interface Interrupted extends vscode.Disposable {
  /** The tests of a run that were cut off and still lack a result. */
  planned(run: string): readonly PlannedTests[];
  /** Whether a test, given by its key, was cut off at this epoch. */
  isInterrupted(run: string, key: string, epoch: number): boolean;
  /** Reports the run folder when tests of a closed window are found. */
  readonly onDidFind: vscode.Event<string>;
  /** Tells what is known of a run's tests. Tests that have results are forgotten. */
  settle(known: KnownTests): void;
}

export function createInterrupted(ledger: TestLedger, log: ExtensionContextParts['log']): Interrupted {
  const found = new vscode.EventEmitter<string>();
  let left: readonly LeftTests[] = [];
  let timer: NodeJS.Timeout | undefined;
  let disposed = false;

  async function findInterrupted(): Promise<void> {
    const now = await ledger.left();
    const before = new Set(left.map(({ file }) => file));
    left = now.left;
    const fresh = left.filter(({ file }) => !before.has(file));
    for (const run of new Set(fresh.map((each) => each.run))) found.fire(run);
    if (now.others && !disposed) timer = setTimeout(() => void findQuietly(), AGAIN_MILLISECONDS);
  }

  function findQuietly(): Promise<void> {
    return findInterrupted().catch((error: unknown) =>
      log.warn(`Interrupted tests could not be read: ${String(error)}`),
    );
  }

  // Waits until all listeners are registered.
  timer = setTimeout(() => void findQuietly(), 0);
  return {
    onDidFind: found.event,
    planned: (run) => left.filter((each) => each.run === run),
    isInterrupted: (run, key, epoch) => isPlanned(left, run, key, epoch),
    settle(known) {
      const done = left.filter((each) => each.run === known.run && openTests([each], known).open.length === 0);
      if (done.length === 0) return;
      left = left.filter((each) => !done.includes(each));
      for (const { file } of done) void ledger.forget(file);
    },
    dispose() {
      disposed = true;
      clearTimeout(timer);
      found.dispose();
    },
  };
}

/** Offers once to run the cut-off tests again, when it is known which are open. */
export function offerToRunAgain(
  { runStore }: Pick<ExtensionContextParts, 'runStore'>,
  tests: RobustnessTests,
  runAgain: (run: string) => Promise<void>,
): vscode.Disposable {
  const told = new Set<string>();

  async function tell(run: string): Promise<void> {
    const known = tests.known(run);
    const summary = runStore.find(run);
    if (known === undefined || summary === undefined || told.has(run) || tests.jobs(run).length > 0) return;
    const { open, done } = openTests(tests.interrupted.planned(run), known);
    if (open.length === 0) return;
    told.add(run);
    const again = 'Run Again';
    const answer = await vscode.window.showWarningMessage(
      `The perturbation tests of ${summary.studyName} were interrupted: ${done} of ${done + open.length} results are kept.`,
      again,
    );
    if (answer === again) await runAgain(run);
  }

  async function watch(run: string): Promise<void> {
    await runStore.ready;
    const summary = runStore.find(run);
    if (summary !== undefined) tests.watch(summary);
    await tell(run);
  }

  return vscode.Disposable.from(
    tests.interrupted.onDidFind((run) => void watch(run)),
    tests.onDidChange((run) => void tell(run)),
  );
}

/** The request that computes the open results. */
export function openBatches(tests: RobustnessTests, run: string): ReturnType<typeof batchesOf> {
  const known = tests.known(run);
  return known === undefined ? [] : batchesOf(openTests(tests.interrupted.planned(run), known).open);
}

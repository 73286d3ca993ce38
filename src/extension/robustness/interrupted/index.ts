/**
 * Tests that were cut off when their window was reloaded or closed. They are shown as interrupted and offered again.
 */
import * as vscode from 'vscode';
import type { ExtensionContextParts } from '../../context';
import type { KnownTests } from '../outcomes';
import type { LeftTests, TestLedger } from './ledger';
import { isPlanned, openTests } from './openTests';
import type { PlannedTests } from './plannedTests';

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

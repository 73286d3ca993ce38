/** Tests that a closed window did not finish are offered again, and run from where they were. */
import * as vscode from 'vscode';
import type { ExtensionContextParts } from '../context';
import { batchesOf } from './explorer/requests';
import { runName } from '../runs/runName';
import { openTests } from './interrupted/openTests';
import type { RobustnessTests } from './tests';

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
    const again = vscode.l10n.t('Run Again');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The perturbation tests of {0} were interrupted: {1} of {2} results are kept.',
        runName(summary, 'title'),
        done,
        done + open.length,
      ),
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

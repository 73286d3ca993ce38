/**
 * A failed suite that drives a window runs once more when all others have ended, alone, in a new window and a new
 * folder: a browser that is driven on a loaded machine now and then loses a click, which says nothing of the extension.
 * What fails twice has failed; what fails once is told apart.
 */
import type { TestResult } from './results';

/** @param run runs suites of a VS Code, by their names, and gives their results */
export async function tryAgain<R extends { readonly vscode: string }>(
  first: readonly TestResult[],
  releases: readonly R[],
  run: (release: R, suites: ReadonlySet<string>) => Promise<readonly TestResult[]>,
): Promise<readonly TestResult[]> {
  let results = first;
  for (const release of releases) {
    const failed = first.filter(({ ok, suite }) => !ok && suite?.vscode === release.vscode);
    const suites = new Set(failed.flatMap(({ suite }) => suite?.name ?? []));
    if (suites.size === 0) continue;
    const second = await run(release, suites);
    const names = new Set(failed.map(({ name }) => name));
    results = [
      ...results.filter(({ suite }) => suite?.vscode !== release.vscode || !suites.has(suite.name)),
      ...second.map((result) => (result.ok && names.has(result.name) ? { ...result, unsteady: true } : result)),
    ];
  }
  return results;
}

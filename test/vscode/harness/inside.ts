/** Running the compiled suite inside the extension host, in a window that VS Code reports from. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { SUITE } from './paths';
import type { TestResult } from './results';
import type { Session } from './session';

const LIMIT_MILLISECONDS = 10 * 60_000;

/**
 * Opens a window that runs the suite, waits for VS Code to say that it has ended, and reads the results the suite has
 * written. That the host did not start, or ended early, is a result, too.
 */
export async function runInside(session: Session, folder: string): Promise<TestResult[]> {
  const begin = Date.now();
  const printed: string[] = [];
  let exited: (exitCode: number) => void = () => undefined;
  const exit = new Promise<number>((resolve) => (exited = resolve));
  const prepare = async (page: Page): Promise<void> => {
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      printed.push(`${type}: ${args.join(' ')}`);
    });
    await page.exposeFunction('codeAutomationExit', (code: number) => exited(code));
  };
  const timer = setTimeout(() => exited(-1), LIMIT_MILLISECONDS);
  const page = await session.openPage({ folder, testSuite: SUITE }, { prepare });
  const exitCode = await exit;
  clearTimeout(timer);
  await page.context().close();
  const results = await readResults(session.resultsFile);
  // A failed test is why VS Code exits with 1; without one, the host itself has failed.
  if (exitCode === 0 || results.some(({ ok }) => !ok)) return results;
  const error = `the extension host ended with ${String(exitCode)}\n${printed.slice(-40).join('\n')}\n${session.output()}`;
  return [...results, { name: 'inside › the extension host', ok: false, error, milliseconds: Date.now() - begin }];
}

async function readResults(file: string): Promise<TestResult[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TestResult);
}

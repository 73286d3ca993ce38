/**
 * Tests inside the extension host, where `vscode` is. A suite is a file in `suites/inside/` that calls `test`; all of
 * them are compiled into one script, whose `run` VS Code calls. No dialog can open there: VS Code refuses them.
 */
import { appendFileSync } from 'node:fs';
import { runTest } from './results';

/** Where the results go, a JSON line a test, so that a host that dies leaves what it has done. */
export const RESULTS_VARIABLE = 'EPOCHLENS_TEST_RESULTS';
/** Only tests whose name has this text. */
export const ONLY_VARIABLE = 'EPOCHLENS_TEST_ONLY';

interface Registered {
  readonly name: string;
  readonly seconds: number;
  readonly body: () => unknown;
}

const registered: Registered[] = [];

/** Registers a test; it fails by throwing, or by taking longer than `seconds`. */
export function test(name: string, body: () => unknown, { seconds = 30 }: { seconds?: number } = {}): void {
  registered.push({ name: `inside › ${name}`, seconds, body });
}

/** Runs what has been registered. It rejects when a test has failed, which is how VS Code's exit code comes about. */
export async function runRegistered(): Promise<void> {
  const file = process.env[RESULTS_VARIABLE];
  const only = process.env[ONLY_VARIABLE] ?? '';
  let failed = 0;
  for (const { name, seconds, body } of registered.filter((each) => each.name.includes(only))) {
    const result = await runTest(name, seconds * 1000, body);
    if (!result.ok) failed++;
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(result)}\n`);
    console.log(`${result.ok ? 'ok' : 'FAILED'} ${name} (${String(result.milliseconds)} ms) ${result.error ?? ''}`);
  }
  if (failed > 0) throw new Error(`${String(failed)} of ${String(registered.length)} tests failed`);
}

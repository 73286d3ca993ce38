/** What the tests came to, in words. */
import type { TestResult } from './results';

export function tell({ name, ok, milliseconds, error }: TestResult): void {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${String(milliseconds)} ms)`);
  if (error !== undefined) console.log(error.replace(/^/gm, '         '));
}

/** The failures once more, for those who have the end of a long record alone. */
export function conclude(results: readonly TestResult[]): void {
  const failed = results.filter(({ ok }) => !ok);
  failed.forEach(tell);
  console.log(`VS Code: ${String(results.length - failed.length)} passed, ${String(failed.length)} failed`);
  for (const { name } of results.filter(({ unsteady }) => unsteady)) console.log(`only at the second try: ${name}`);
}

/**
 * Tests side by side, as most of a test's time is waiting. Each lane is a process of its own, with a VS Code of its own:
 * a suite keeps in variables where its files are.
 */
import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installServer } from '../server/install';
import { CURRENT } from '../server/release';
import type { Arguments } from './arguments';
import type { TestResult } from './results';

/** The newest release runs all suites, the longest way there is: two lanes, and those of the other releases when these are done. */
const LANES_OF_CURRENT = 2;

/** Runs all releases, the lower ones the suites that are for every release, and gives all results. */
export async function runLanes({ releases }: Arguments, args: readonly string[]): Promise<TestResult[]> {
  // Before the lanes, two of which would install the same.
  for (const release of releases) await installServer(release, { progress: ({ text }) => console.error(`  ${text}`) });
  const folder = await mkdtemp(join(tmpdir(), 'epochlens-lanes-'));
  const lower = releases.filter(({ vscode }) => vscode !== CURRENT.vscode);
  const ways = [...Array.from({ length: LANES_OF_CURRENT }, () => [CURRENT]), ...lower.map((each) => [each, CURRENT])];
  try {
    const results = await Promise.all(
      ways.map(async (way, number) => {
        const found: TestResult[] = [];
        for (const { vscode } of way) {
          const file = join(folder, `results-${number}-${vscode}.json`);
          const fewer = vscode === CURRENT.vscode ? [] : ['--fewer'];
          const lane = ['--vscode', vscode, ...fewer, '--claims', folder, '--lane', String(number), '--results', file];
          found.push(...(await runLane(`lane ${number} of VS Code ${vscode}`, [...args, ...lane], file)));
        }
        return found;
      }),
    );
    return results.flat();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A lane whose process ends without a word has tested nothing, and runs once more; that is told. */
async function runLane(name: string, args: readonly string[], file: string): Promise<TestResult[]> {
  const begin = Date.now();
  const first = await tryLane(args, file);
  if (typeof first !== 'string') return first;
  const second = await tryLane(args, file);
  const lane = { name, milliseconds: Date.now() - begin };
  return typeof second === 'string'
    ? [{ ...lane, ok: false, error: `${first}, then ${second}` }]
    : [{ ...lane, ok: true, unsteady: true }, ...second];
}

/** Its results, or how it ended without. */
async function tryLane(args: readonly string[], file: string): Promise<TestResult[] | string> {
  const child = fork(process.argv[1] as string, args);
  const end = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, end);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as TestResult[];
  } catch {
    return `ended with ${String(code)} and left no results`;
  }
}

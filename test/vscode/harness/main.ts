/** Runs the suites under each VS Code that was asked for; exit 1 when a test failed, 2 when the request was wrong. */
import 'suites:driven';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileAtomically } from '../../../src/common/atomic';
import { isReportedError } from '../../../src/common/errors';
import { CURRENT, type Release } from '../server/release';
import { type Arguments, parseArguments } from './arguments';
import { claim } from './claim';
import { runDriven } from './driven';
import { ONLY_VARIABLE } from './inHost';
import { runInside } from './inside';
import { runLanes } from './lanes';
import { EXAMPLE, ROOT } from './paths';
import { conclude, tell } from './report';
import type { TestResult } from './results';
import { tryAgain } from './secondTry';
import { type Session, startSession } from './session';

/** What a test says after that is only that its VS Code has gone. */
let interrupted = false;

async function main(args: string[]): Promise<number> {
  const options = parseArguments(args);
  const results = await runTwice(options, args);
  if (options.lane === undefined) conclude(results);
  if (options.results !== undefined) {
    await mkdir(dirname(options.results), { recursive: true });
    await writeFileAtomically(options.results, `${JSON.stringify(results, null, 2)}\n`);
  }
  // Not finding a single test is no success.
  return results.length > 0 && results.every(({ ok }) => ok) ? 0 : 1;
}

/** A lane runs what it takes once: what fails in any of them is run again when all have ended. */
async function runTwice(options: Arguments, args: string[]): Promise<readonly TestResult[]> {
  const { releases, lane } = options;
  if (lane !== undefined) return runReleases(options);
  const isSideBySide = releases.length > 1;
  const first = isSideBySide ? await runLanes(options, args) : await runReleases(options);
  return tryAgain(first, releases, (release, suites) => {
    const fewer = options.fewer || (isSideBySide && release !== CURRENT);
    return runRelease(release, { ...options, inside: false, fewer }, suites);
  });
}

async function runReleases(options: Arguments): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const release of options.releases) results.push(...(await runRelease(release, options)));
  return results;
}

/** @param suites only these, where they are given */
async function runRelease(release: Release, options: Arguments, suites?: ReadonlySet<string>): Promise<TestResult[]> {
  const title = `VS Code ${release.vscode}${options.vsix === undefined ? '' : ' (package)'}`;
  const hear = (result: TestResult): void => {
    if (!interrupted) tell({ ...result, name: `${title} › ${result.name}` });
  };
  const { only, fewer, lane } = options;
  const takes = async (what: string): Promise<boolean> =>
    lane === undefined || (await claim(lane, `${release.vscode} ${what}`));
  const results: TestResult[] = [];
  if (options.inside && (await takes('inside')))
    results.push(...(await withSession(release, options, (session) => reportInside(session, hear))));
  if (options.driven) {
    const selection = { only, fewer, suites, takes: (place: number) => takes(String(place)) };
    results.push(...(await withSession(release, options, (session) => runDriven(session, selection, hear))));
  }
  return results.map((result) => ({ ...result, name: `${title} › ${result.name}` }));
}

async function reportInside(session: Session, hear: (result: TestResult) => void): Promise<TestResult[]> {
  const results = await runInside(session, await session.workspace(EXAMPLE));
  results.forEach(hear);
  return results;
}

/** A session of their own for each way of testing, so that neither sees what the other has left. */
async function withSession<T>(
  release: Release,
  { vsix, headed, only }: Arguments,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const extension = vsix === undefined ? { folder: ROOT } : { vsix };
  const log = (text: string): void => console.error(`  ${text}`);
  const session = await startSession({ release, extension, headed, log, env: { [ONLY_VARIABLE]: only } });
  const interrupt = (): void => {
    interrupted = true;
    void session.stop().finally(() => process.exit(1));
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    return await work(session);
  } finally {
    process.removeListener('SIGINT', interrupt);
    process.removeListener('SIGTERM', interrupt);
    await session.stop();
  }
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(isReportedError(error) ? `test/vscode: ${error.message}` : error);
    process.exitCode = isReportedError(error) ? error.exitCode : 1;
  },
);

/**
 * Tests that drive a window. A suite is a file in `suites/driven/` that calls `suite`: a window, with a folder of its
 * own, whose tests run one after the other, so that one can go on where another has left off.
 */
import { type Language, openInLanguage } from './languagePack';
import { describeError, runTest, type TestResult } from './results';
import type { Session, Size } from './session';
import { openWorkbench, type Workbench } from './workbench/workbench';

export interface SuiteOptions {
  /** A folder that is copied for the window to open; an empty one by default. */
  readonly folder?: string;
  /** Puts more into the copy, before the window is opened. */
  readonly prepare?: (folder: string, session: Session) => Promise<void>;
  /** Undoes what `prepare` has done beside the copy, once the window is closed or could not be opened. */
  readonly finish?: () => Promise<void>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly size?: Size;
  /** English by default. */
  readonly language?: Language;
}

export interface TestOptions {
  /** Whether it also runs under the lowest VS Code where all releases are asked for: what may differ between them. */
  readonly everyRelease?: boolean;
  /** 300 by default. */
  readonly seconds?: number;
}

type Body = (workbench: Workbench) => Promise<void>;
type Define = (test: (name: string, body: Body, options?: TestOptions) => void) => void;

interface Suite {
  readonly name: string;
  readonly options: SuiteOptions;
  readonly define: Define;
}

interface Test extends Required<TestOptions> {
  readonly name: string;
  readonly body: Body;
}

interface ChosenSuite extends Suite {
  readonly tests: () => readonly Test[];
}

const suites: Suite[] = [];

/** Registers a suite of tests that share a window. */
export function suite(name: string, options: SuiteOptions, define: Define): void {
  suites.push({ name, options, define });
}

export interface Selection {
  /** Only suites with a test whose name has this text. */
  readonly only: string;
  /** Only tests for every release. */
  readonly fewer: boolean;
  /** Only these suites, where they are given. */
  readonly suites?: ReadonlySet<string> | undefined;
  /** Asked just before a suite would run, by its place from 0. */
  readonly takes: (place: number) => Promise<boolean>;
}

/** Runs what has been registered and is selected; `hear` is told of each test as it ends. */
export async function runDriven(
  session: Session,
  { only, fewer, suites: wanted, takes }: Selection,
  hear: (result: TestResult) => void,
): Promise<TestResult[]> {
  const chosen = suites.map((each): ChosenSuite => ({
    ...each,
    tests: () => testsOf(each).filter((test) => !fewer || test.everyRelease),
  }));
  const results: TestResult[] = [];
  for (const [place, suite] of chosen.entries()) {
    // A test may need those before it: a suite runs as a whole.
    if (wanted?.has(suite.name) === false || !suite.tests().some(({ name }) => name.includes(only))) continue;
    if (await takes(place)) results.push(...(await runSuite(session, suite, hear)));
  }
  return results;
}

async function runSuite(
  session: Session,
  suite: ChosenSuite,
  hear: (result: TestResult) => void,
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  const add = (found: TestResult): void => {
    const result = { ...found, suite: { vscode: session.release.vscode, name: suite.name } };
    results.push(result);
    hear(result);
  };
  const begin = Date.now();
  let workbench: Workbench;
  try {
    workbench = await openSuite(session, suite.options);
  } catch (error) {
    const found = `${describeError(error)}\n${session.output()}`;
    add({ name: `${suite.name} › opens its window`, ok: false, error: found, milliseconds: Date.now() - begin });
    await suite.options.finish?.();
    return results;
  }
  for (const { name, body, seconds } of suite.tests()) {
    add(await photographed(workbench, await runTest(name, seconds * 1000, () => body(workbench))));
    await tidy(workbench);
  }
  await workbench.close();
  await session.endLeftovers();
  await suite.options.finish?.();
  return results;
}

/** Defined anew for each try, so that what a suite keeps in variables of its own begins anew as well. */
function testsOf({ name, define }: Suite): Test[] {
  const tests: Test[] = [];
  define((test, body, { seconds = 300, everyRelease = false } = {}) =>
    tests.push({ name: `${name} › ${test}`, body, seconds, everyRelease }));
  return tests;
}

async function openSuite(session: Session, options: SuiteOptions): Promise<Workbench> {
  await session.setSettings(options.settings ?? {});
  await session.setLanguage();
  const folder = await session.workspace(options.folder);
  await options.prepare?.(folder, session);
  const workbench = await openWorkbench(session, folder, options.size === undefined ? {} : { size: options.size });
  if (options.language !== undefined) await openInLanguage(workbench, options.language);
  return workbench;
}

/**
 * VS Code shows three notifications at a time and keeps further ones back: a test's own would not be seen. Where the
 * window itself has gone, the next test says so.
 */
async function tidy({ notifications }: Workbench): Promise<void> {
  const shown = await notifications.texts().catch(() => []);
  if (shown.length > 0) await notifications.clear().catch(() => undefined);
}

/** A failure comes with a picture of the window, and what it has open is closed, so that the next test can begin. */
async function photographed(workbench: Workbench, result: TestResult): Promise<TestResult> {
  if (result.ok) return result;
  const picture = await workbench.screenshot(`failed ${result.name}`).catch(() => 'no picture');
  const words = await shownWords(workbench).catch(String);
  for (let i = 0; i < 3; i++) await workbench.page.keyboard.press('Escape').catch(() => undefined);
  return { ...result, error: `${result.error ?? ''}\n(${picture})\nThe window showed: ${words}` };
}

/** For those who have the record of a run and no pictures: its tabs, its box at the top, its messages. */
async function shownWords({ page }: Workbench): Promise<string> {
  const shown = page.locator('.tabs-container .label-name, .quick-input-widget, .notification-list-item-message');
  const texts = await shown.filter({ visible: true }).allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).join(' | ') || 'nothing';
}

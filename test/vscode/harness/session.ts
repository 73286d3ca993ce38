/** A VS Code server with folders of its own, and the windows that are opened on it. */
import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { windowAddress, type WindowOptions } from '../server/address';
import { installServer } from '../server/install';
import type { Release } from '../server/release';
import { startServer } from '../server/server';
import { QUIET, type Settings, writeLanguage, writeSettings } from '../server/settings';
import { launchBrowser } from './chromium';
import { RESULTS_VARIABLE } from './inHost';
import { PATIENCE_MILLISECONDS } from './patience';
import { endProcesses, SESSION_VARIABLE, type SessionProcess, sessionProcesses } from './processes';
import { installVsix } from './vsix';

export interface SessionOptions {
  readonly release: Release;
  /** What is tested: an extension's folder, run from there, or a packaged one. */
  readonly extension: { readonly folder: string } | { readonly vsix: string };
  readonly env?: Readonly<Record<string, string>>;
  readonly headed?: boolean;
  readonly log: (text: string) => void;
}

export interface Session {
  readonly release: Release;
  /** An empty folder for the session's files; gone at the end. */
  readonly folder: string;
  /** Copies a folder, or makes an empty one, for a window to open. */
  readonly workspace: (from?: string) => Promise<string>;
  /** Sets these and forgets those set before, for windows that are opened or reloaded from now on. */
  readonly setSettings: (settings: Settings) => Promise<void>;
  /** The language, by default English, of windows that are opened or reloaded from now on; its pack must be installed. */
  readonly setLanguage: (language?: string) => Promise<void>;
  /** Opens a window, without waiting for VS Code to be there. */
  readonly openPage: (window: Omit<WindowOptions, 'developedExtension'>, options?: PageOptions) => Promise<Page>;
  /** Where its programs look for Slurm's configuration: a suite that starts one puts it there. */
  readonly slurmConf: string;
  /** Where its programs look for programs first: a suite puts in there what stands before the machine's own. */
  readonly programs: string;
  /** Where a suite inside the extension host writes its results. */
  readonly resultsFile: string;
  /** What runs on its behalf, detached or not. */
  readonly processes: () => Promise<SessionProcess[]>;
  /**
   * Ends what a closed window has left. Its extension host, and with it our engine, may outlive it for a while: VS Code
   * waits for a lost connection to come back.
   */
  readonly endLeftovers: () => Promise<void>;
  /** The end of what the server has printed. */
  readonly output: () => string;
  /** Ends everything and removes the session's files. */
  readonly stop: () => Promise<void>;
}

export interface PageOptions {
  readonly size?: Size;
  /** Called before anything is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What every test's VS Code has besides what `npm run code` has: no animations, and a theme that is known. */
const TESTING: Settings = {
  ...QUIET,
  'workbench.colorTheme': 'Default Dark Modern',
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'files.simpleDialog.enable': true,
  'window.confirmBeforeClose': 'never',
};

export async function startSession(options: SessionOptions): Promise<Session> {
  const { release, extension, log } = options;
  const id = randomUUID();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'epochlens-vscode-')));
  const dataFolder = join(folder, 'data');
  const extensionsFolder = join(folder, 'extensions');
  const endings: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 5 })];
  const stop = async (): Promise<void> => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const server = await installServer(release, { progress: ({ text }) => log(text) });
    if ('vsix' in extension) await installVsix(server, { vsix: extension.vsix, dataFolder, extensionsFolder });
    await writeSettings(dataFolder, TESTING);
    endings.push(() => endProcesses(id));
    const resultsFile = join(folder, 'results.jsonl');
    const slurmConf = join(folder, 'slurm.conf');
    const programs = join(folder, 'programs');
    await mkdir(programs);
    const env = {
      // A scheduler of the tests' own may be asked more often.
      ...{ SLURM_CONF: slurmConf, EPOCHLENS_SCHEDULER_SECONDS: '2' },
      // Else VS Code takes the environment of a login shell, whose PATH is its own.
      VSCODE_CLI: '1',
      PATH: [programs, process.env['PATH'] ?? ''].join(delimiter),
      ...{ ...options.env, [SESSION_VARIABLE]: id, [RESULTS_VARIABLE]: resultsFile },
    };
    const running = await startServer({ folder: server, dataFolder, extensionsFolder, env });
    endings.push(running.stop);
    const browser = await launchBrowser({ headed: options.headed ?? false });
    endings.push(() => browser.close());
    const developedExtension = 'folder' in extension ? extension.folder : undefined;
    return {
      release,
      folder,
      workspace: (from) => makeWorkspace(folder, from),
      setSettings: (settings) => writeSettings(dataFolder, { ...TESTING, ...settings }),
      setLanguage: (language) => writeLanguage(dataFolder, language),
      ...{ slurmConf, programs },
      resultsFile,
      openPage: (window, page) => openPage(browser, windowAddress(running, { ...window, developedExtension }), page),
      processes: () => sessionProcesses(id),
      endLeftovers: () => endProcesses(id, /--type=extensionHost|dist\/(engine|cli)\.js/),
      output: () => running.output().slice(-4000),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeWorkspace(folder: string, from?: string): Promise<string> {
  const name = from === undefined ? 'empty' : basename(from);
  const workspace = join(await mkdtemp(join(folder, 'workspace-')), name);
  await mkdir(workspace);
  // Runs somebody has made in the original are theirs.
  const filter = (path: string): boolean => basename(path) !== '.epochlens';
  if (from !== undefined) await cp(from, workspace, { recursive: true, filter });
  return workspace;
}

/** Each window has a browser profile of its own, so nothing is remembered from one to the next. */
async function openPage(browser: Browser, address: string, options: PageOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MILLISECONDS);
  const page = await context.newPage();
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await options.prepare?.(page);
  await page.goto(address);
  return page;
}

/** The browser that VS Code runs in during tests. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { WorkError } from '../../../src/common/errors';
import { findProgram } from '../server/install';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
/** Nothing of the browser's own asks the network for anything. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser({ headed = false }: { headed?: boolean } = {}): Promise<Browser> {
  // The session ends it, in order: by itself it would be gone at Ctrl-C before the server is.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return chromium.launch({ executablePath: await findBrowser(), args: QUIET, headless: !headed, ...signals });
}

/** CHROME_PATH, or the first of the usual names. */
async function findBrowser(): Promise<string> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new WorkError('CHROME_PATH names no file', { file: chosen });
  }
  for (const name of NAMES) {
    const path = await findProgram(name);
    if (path !== undefined) return path;
  }
  if (existsSync(MAC)) return MAC;
  throw new WorkError('the tests in a real VS Code need Chromium or Chrome, and none was found', {
    expected: `one of ${NAMES.join(', ')} on PATH`,
    advice: 'Install one (Debian: `apt-get install chromium`), or name it by CHROME_PATH',
  });
}

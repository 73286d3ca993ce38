/**
 * `code [FOLDER] [--npm]`: opens a VS Code with this checkout's extension and a folder, by default the example study.
 * The desktop program where there is one; otherwise, or with `--npm`, the one from npm, in the browser, until Ctrl-C.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, isReportedError } from '../../../src/common/errors';
import { windowAddress } from './address';
import { tryToOpen } from './browser';
import { findDesktop, openDesktop } from './desktop';
import { installServer } from './install';
import { codeCache, CURRENT } from './release';
import { startServer } from './server';
import { QUIET, writeSettingsOnce } from './settings';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const EXAMPLE = join(ROOT, 'media', 'examples', 'first-light');

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((argument) => argument.startsWith('-') && argument !== '--npm');
  if (unknown !== undefined) throw new InputError(`unknown argument ${unknown}`, { expected: '[FOLDER] [--npm]' });
  const folder = resolve(args.find((argument) => !argument.startsWith('-')) ?? EXAMPLE);
  if (!existsSync(folder)) throw new InputError('there is no such folder', { file: folder });
  const desktop = args.includes('--npm') ? undefined : await findDesktop();
  if (desktop !== undefined) {
    console.log(`opening ${folder} with ${desktop}`);
    return openDesktop(desktop, ROOT, folder);
  }
  await serve(folder);
  return 0;
}

/** Serves the VS Code from npm until it is told to end. */
async function serve(folder: string): Promise<void> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const { signal } = stopping;
  const server = await installServer(CURRENT, { signal, progress: ({ text }) => console.error(`  ${text}`) });
  const dataFolder = join(codeCache(), 'user-data');
  await writeSettingsOnce(dataFolder, QUIET);
  const extensionsFolder = join(codeCache(), 'user-extensions');
  const running = await startServer({ folder: server, dataFolder, extensionsFolder, signal });
  const address = windowAddress(running, { folder, developedExtension: ROOT });
  console.log(`VS Code ${CURRENT.vscode} with EpochLens and ${folder} is at\n\n  ${address}\n\nCtrl-C ends it.`);
  tryToOpen(address);
  const asked = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([asked, running.ended]);
  await running.stop();
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    // Ctrl-C during the installation.
    if (error instanceof Error && error.name === 'AbortError') process.exitCode = 1;
    else {
      console.error(isReportedError(error) ? `code: ${error.message}` : error);
      process.exitCode = isReportedError(error) ? error.exitCode : 1;
    }
  },
);

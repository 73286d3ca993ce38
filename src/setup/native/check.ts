/** Trying a freshly assembled native engine in a process of its own, because a broken addon can end the process. */
import { join } from 'node:path';
import { WorkError } from '../../common/errors';
import { lastLines, runCommand } from './commands';
import type { Manifest } from './manifest';

const TIMEOUT_MILLISECONDS = 60_000;

/** @throws WorkError when the addon cannot be loaded */
export async function checkLoads(
  folder: string,
  manifest: Omit<Manifest, 'files'>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const addon = join(folder, manifest.addon);
  const script = `process.stdout.write('loaded ' + require(${JSON.stringify(addon)}).TF_Version)`;
  const { exitCode, output } = await runCommand(process.execPath, ['-e', script], {
    signal,
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  if (exitCode !== 0 || !output.includes('loaded ')) {
    throw new WorkError('the addon does not load', { file: addon, found: lastLines(output, 6) });
  }
}

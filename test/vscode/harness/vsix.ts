/** Installing a packaged extension the way a person does, before the server is started. */
import { join } from 'node:path';
import { WorkError } from '../../../src/common/errors';
import { lastLines, runCommand } from '../../../src/setup/native/commands';

export interface VsixOptions {
  readonly vsix: string;
  readonly dataFolder: string;
  readonly extensionsFolder: string;
}

/** @throws WorkError when VS Code refuses the package */
export async function installVsix(server: string, options: VsixOptions): Promise<void> {
  const { exitCode, output } = await runCommand(
    process.execPath,
    [
      join(server, 'out', 'server-main.js'),
      ...['--accept-server-license-terms', '--telemetry-level', 'off'],
      ...['--server-data-dir', options.dataFolder, '--extensions-dir', options.extensionsFolder],
      ...['--install-extension', options.vsix, '--force'],
    ],
    { cwd: server, timeoutMilliseconds: 120_000 },
  );
  if (exitCode === 0 && /successfully installed/.test(output)) return;
  throw new WorkError('VS Code does not install the package', { file: options.vsix, found: lastLines(output, 8) });
}

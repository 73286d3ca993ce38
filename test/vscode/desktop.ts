/**
 * `npm run test:desktop`: the suite inside the extension host, in VS Code's desktop program, which
 * `@vscode/test-electron` downloads. On Linux it needs a display (`xvfb-run npm run test:desktop` brings one).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { CURRENT, FLOOR } from './server/release';
import { EXAMPLE, ROOT, SUITE } from './harness/paths';

async function main(): Promise<void> {
  for (const version of [CURRENT.vscode, FLOOR.vscode]) {
    const userData = await mkdtemp(join(tmpdir(), 'epochlens-desktop-'));
    try {
      await runTests({
        version,
        extensionDevelopmentPath: ROOT,
        extensionTestsPath: SUITE,
        launchArgs: [EXAMPLE, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', userData],
      });
    } finally {
      await rm(userData, { recursive: true, force: true });
    }
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

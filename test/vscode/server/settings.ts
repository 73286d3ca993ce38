/** What a VS Code started here is told, so that nothing asks, updates or reports while somebody works or tests. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, writeFileAtomically } from '../../../src/common/atomic';

export type Settings = Readonly<Record<string, unknown>>;

export const QUIET: Settings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'npm.fetchOnlinePackageInfo': false,
  'json.schemaDownload.enable': false,
  // Copilot's panel would open beside the editor.
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** The settings file of a server that keeps its data in `dataFolder`. */
function settingsFile(dataFolder: string): string {
  return join(dataFolder, 'data', 'User', 'settings.json');
}

/** Windows that are opened, or reloaded, from now on have them; an open one does not notice. */
export async function writeSettings(dataFolder: string, settings: Settings): Promise<void> {
  const file = settingsFile(dataFolder);
  await mkdir(dirname(file), { recursive: true });
  await writeFileAtomically(file, `${JSON.stringify(settings, null, 2)}\n`);
}

/**
 * The language of windows that are opened, or reloaded, from now on, where its language pack is installed: the file that
 * VS Code writes when a person chooses the display language. Without one, English.
 */
export async function writeLanguage(dataFolder: string, language?: string): Promise<void> {
  const file = join(dirname(settingsFile(dataFolder)), 'argv.json');
  if (language === undefined) await rm(file, { force: true });
  else await writeFileAtomically(file, `${JSON.stringify({ locale: language })}\n`);
}

/** Leaves what somebody has set before. */
export async function writeSettingsOnce(dataFolder: string, settings: Settings): Promise<void> {
  try {
    await readFile(settingsFile(dataFolder));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    await writeSettings(dataFolder, settings);
  }
}

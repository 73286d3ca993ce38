/**
 * VS Code in another language, the way a person gets it: a language pack is installed, and the language chosen. The
 * packs are in no registry of npm's, so one is made here, which leaves VS Code's own texts as they are.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkError } from '../../../src/common/errors';
import { lastLines, runCommand } from '../../../src/setup/native/commands';
import { writeFileAtomically } from '../../../src/common/atomic';
import { ROOT } from './paths';
import type { Workbench } from './workbench/workbench';

export interface Language {
  /** Such as `de`. */
  readonly id: string;
  readonly name: string;
}

/** Installs the language's pack, chooses the language, and reloads the window in it. */
export async function openInLanguage(workbench: Workbench, language: Language): Promise<void> {
  const { session, runCommand, quickInput, notifications, reload } = workbench;
  const pack = await packLanguage(session.folder, language);
  await runCommand('Extensions: Install from VSIX...');
  await quickInput.chooseFile(pack);
  await notifications.waitFor(/Completed installing/);
  await notifications.clear();
  await session.setLanguage(language.id);
  await reload();
}

/** Returns the VSIX. */
async function packLanguage(parent: string, { id, name }: Language): Promise<string> {
  const folder = join(parent, `language-pack-${id}`);
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: `language-pack-${id}`,
    publisher: 'epochlens-tests',
    version: '1.0.0',
    engines: { vscode: '^1.90.0' },
    contributes: {
      localizations: [{ languageId: id, languageName: name, translations: [{ id: 'vscode', path: './texts.json' }] }],
    },
  };
  await writeFileAtomically(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFileAtomically(join(folder, 'texts.json'), JSON.stringify({ contents: {} }));
  const file = `${folder}.vsix`;
  const { exitCode, output } = await runCommand(
    process.execPath,
    [
      join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce'),
      ...['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', file],
    ],
    { cwd: folder },
  );
  if (exitCode === 0) return file;
  throw new WorkError('the language pack cannot be packed', { file: folder, found: lastLines(output, 8) });
}

/** The command line that the extension brings along. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../common/errors';

/** @returns its path @throws InputError where the file is missing */
export function cliProgram({ extensionPath }: Pick<vscode.ExtensionContext, 'extensionPath'>): string {
  const program = join(extensionPath, 'dist', 'cli.js');
  if (existsSync(program)) return program;
  throw new InputError(vscode.l10n.t('a part of EpochLens is missing'), {
    file: program,
    advice: vscode.l10n.t('Install the extension anew.'),
  });
}

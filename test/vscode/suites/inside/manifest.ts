/** What the manifest promises, held against the running extension. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from '../../harness/inHost';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly category?: string }[] };
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('epochlens.epochlens');
  assert.ok(found, 'VS Code does not know the extension');
  return found;
}

test('the extension activates', async () => {
  await extension().activate();
  assert.equal(extension().isActive, true);
});

test('every command of the manifest exists', async () => {
  const { contributes } = extension().packageJSON as Manifest;
  const existing = new Set(await vscode.commands.getCommands(true));
  const missing = contributes.commands.map(({ command }) => command).filter((command) => !existing.has(command));
  assert.deepEqual(missing, []);
});

test('every command is in the category EpochLens', () => {
  const { contributes } = extension().packageJSON as Manifest;
  const elsewhere = contributes.commands.filter(({ category }) => category !== 'EpochLens');
  assert.deepEqual(elsewhere, []);
});

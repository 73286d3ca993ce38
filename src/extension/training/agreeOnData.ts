import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import type { LocatedStudy } from '../../study';
import { replaceValue } from '../editor/edits';

const SYNTHETIC = { kind: 'synthetic', trainCount: 2000, testCount: 500, seed: 1 };

/** Where CIFAR-10 is missing a person says what is to be done: nothing is downloaded unasked. */
export async function agreeOnData({ study, path, folder }: LocatedStudy): Promise<'go' | 'download' | 'stop'> {
  if (study.dataset.kind !== 'cifar10' || process.env['EPOCHLENS_DATA']) return 'go';
  const data = resolve(folder, study.dataset.folder);
  if (existsSync(data)) return 'go';
  const download = 'Download (170 MB)';
  const synthetic = 'Use Synthetic Images';
  const answer = await vscode.window.showWarningMessage(
    'CIFAR-10 is not here yet.',
    { modal: true, detail: `${data} does not exist. Download it there, or train on images that the program draws?` },
    download,
    synthetic,
  );
  if (answer === synthetic) {
    await replaceValue(vscode.Uri.file(path), ['dataset'], SYNTHETIC);
    return 'go';
  }
  return answer === download ? 'download' : 'stop';
}

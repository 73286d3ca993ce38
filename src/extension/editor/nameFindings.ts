import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { freeName, namesakesOf } from '../../study';
import { listed } from '../language';
import type { Located } from './finding';

/** Warns of other study files in the folder that have the study's name. */
export async function nameFindings(name: string, file: string): Promise<Located[]> {
  const others = await namesakesOf(file, name);
  if (others.length === 0) return [];
  const free = await freeName(dirname(file), name, file);
  const path = ['name'];
  const message = vscode.l10n.t(
    '{0} has the name "{1}", too. Each file keeps its own runs, but in lists and in .epochlens/runs/{1} they are hard to tell apart.',
    listed(others.map((other) => basename(other))),
    name,
  );
  const fixes = [{ title: vscode.l10n.t('Name this study "{0}"', free), changes: [{ path, value: free }] }];
  return [{ code: 'duplicateName', severity: 'warning', path, message, fixes }];
}

/** Finds another study in the folder that has the same name. */
import { basename, dirname } from 'node:path';
import { freeName, namesakesOf } from '../../study';
import type { Located } from './finding';

export async function nameFindings(name: string, file: string): Promise<Located[]> {
  const others = await namesakesOf(file, name);
  if (others.length === 0) return [];
  const files = others.map((other) => basename(other)).join(' and ');
  const free = await freeName(dirname(file), name, file);
  const path = ['name'];
  const message =
    `${files} has the name "${name}", too. Each file keeps its own runs, ` +
    `but in lists and in .epochlens/runs/${name} they are hard to tell apart.`;
  const fixes = [{ title: `Name this study "${free}"`, changes: [{ path, value: free }] }];
  return [{ code: 'duplicateName', severity: 'warning', path, message, fixes }];
}

/**
 * Looks through folders for studies and runs where VS Code cannot search: its search is a program, ripgrep, which may
 * be missing. This file does not import `vscode`.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { STUDY_SUFFIX } from '../../study/fileName';

export interface WalkOptions {
  /** The names of folders that are left out. */
  readonly excluded: ReadonlySet<string>;
  /** After so many folders it ends. */
  readonly most: number;
  readonly signal: AbortSignal;
}

export interface Walked {
  readonly studies: string[];
  /** The folders with a folder for runs. */
  readonly withRuns: string[];
  /** How many folders were looked into. */
  readonly folders: number;
  /** Whether there are more than it may look into. */
  readonly cutShort: boolean;
}

const AT_ONCE = 16;

/** Breadth first; each real folder once, so that links back do no harm. */
export async function walk(roots: readonly string[], { excluded, most, signal }: WalkOptions): Promise<Walked> {
  const studies: string[] = [];
  const withRuns: string[] = [];
  const seen = new Set<string>();
  let folders = 0;
  let level: readonly string[] = roots;
  const goesOn = (): boolean => folders < most && !signal.aborted;

  async function look(folder: string): Promise<string[]> {
    const real = await realpath(folder).catch(() => undefined);
    if (real === undefined || seen.has(real)) return [];
    seen.add(real);
    folders++;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const inside: string[] = [];
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.name === '.epochlens') withRuns.push(folder);
      else if (entry.name.endsWith(STUDY_SUFFIX)) studies.push(path);
      else if (excluded.has(entry.name)) continue;
      else if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(path)))) inside.push(path);
    }
    return inside;
  }

  while (level.length > 0 && goesOn()) {
    const next: string[] = [];
    for (let at = 0; at < level.length && goesOn(); at += AT_ONCE)
      next.push(...(await Promise.all(level.slice(at, at + AT_ONCE).map(look))).flat());
    level = next;
  }
  return { studies: studies.sort(), withRuns: withRuns.sort(), folders, cutShort: level.length > 0 && !signal.aborted };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** The Node that tasks run by: not an editor's own, which is gone with that editor's next update. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import packageJson from '../../../package.json';
import { keptCopy, type KeptCopy } from './keptCopy';

export interface NodeForTasks {
  readonly path: string;
  /** Where it is a copy beside the study. */
  readonly keep?: KeptCopy['keep'];
}

export interface OwnNode {
  readonly execPath: string;
  /** Of the desktop editor, which runs as Node where it is told to. */
  readonly isElectron: boolean;
  /** Folders, as in PATH. */
  readonly path: string;
}

/**
 * Of an editor's server a copy; in place of the desktop editor the first in PATH that is new enough, where there is one;
 * else what this process runs by.
 * @param programs the folder of copies
 */
export async function nodeForTasks(programs: string, own: OwnNode): Promise<NodeForTasks> {
  const { execPath, isElectron } = own;
  if (isElectron) return { path: (await inPath(own.path)) ?? execPath };
  // The servers of VS Code, and of editors made from it, lie so.
  if (!existsSync(join(dirname(execPath), 'product.json'))) return { path: execPath };
  const copy = await keptCopy(dirname(execPath), [NODE], join(programs, `node-${process.versions.node}`));
  return { path: join(copy.folder, NODE), keep: copy.keep };
}

const NODE = 'node';
const LOWEST = Number.parseInt(packageJson.engines.node.replace(/^\D+/, ''), 10);

async function inPath(path: string): Promise<string | undefined> {
  const files = path.split(delimiter).flatMap((folder) => (folder === '' ? [] : [join(folder, NODE)]));
  for (const file of files.filter((each) => existsSync(each))) {
    const version = await promisify(execFile)(file, ['--version'], { timeout: 10_000 }).then(
      ({ stdout }) => Number(/^v(\d+)\./.exec(stdout)?.[1]),
      () => 0,
    );
    if (version >= LOWEST) return file;
  }
  return undefined;
}

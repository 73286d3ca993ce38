/**
 * The part of a file that has arrived, beside where the file will lie. While a process writes into it, its name says
 * which; a process that gives it up lets the next go on with it.
 */
import { randomBytes } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive, type ProcessFate } from '../common/processes';
import { ownTag, PROCESS_TAG, tagFate } from '../common/processTag';
import { succeeds } from '../common/succeeds';

export interface Part {
  readonly path: string;
  /** What was there of an earlier download, in bytes. */
  readonly adopted: number;
  /** Leaves it for the next download of the same file. */
  release(): Promise<void>;
  discard(): Promise<void>;
}

const SUFFIX = '.incomplete';
/** Of a process on another machine it is not known whether it lives: so long after its last byte it does not. */
const SILENT_MILLISECONDS = 600_000;

/** @param mayAdopt whether an earlier download's part is known to be of the same file */
export async function takePart(target: string, mayAdopt: boolean): Promise<Part> {
  const path = `${target}.${ownTag()}-${randomBytes(4).toString('hex')}${SUFFIX}`;
  const adopted = mayAdopt ? await adopt(target, path) : 0;
  return {
    path,
    adopted,
    async release() {
      const size = await stat(path).then(
        (status) => status.size,
        () => 0,
      );
      if (size === 0) await rm(path, { force: true });
      else await rename(path, `${target}${SUFFIX}`);
    },
    discard: () => rm(path, { force: true }),
  };
}

/** Makes the largest part that nobody writes into this process's own. Of two who try, the renaming lets one. */
async function adopt(target: string, path: string): Promise<number> {
  const free: { readonly path: string; readonly size: number }[] = [];
  for (const name of await readdir(dirname(target)).catch((): string[] => [])) {
    const candidate = join(dirname(target), name);
    const status = await stat(candidate).catch(() => undefined);
    if (status !== undefined && isFree(name, basename(target), status.mtimeMs)) {
      free.push({ path: candidate, size: status.size });
    }
  }
  for (const { path: from, size } of free.sort((a, b) => b.size - a.size)) {
    const taken = await succeeds(rename(from, path));
    if (taken) return size;
  }
  return 0;
}

function isFree(name: string, target: string, modified: number): boolean {
  if (!name.startsWith(`${target}.`) || !name.endsWith(SUFFIX)) return false;
  if (name === `${target}${SUFFIX}`) return true;
  const fate = fateOf(name.slice(target.length + 1, -SUFFIX.length));
  return fate === 'unknown' ? Date.now() - modified > SILENT_MILLISECONDS : fate === 'gone';
}

const TAGGED = new RegExp(`^(${PROCESS_TAG})-[0-9a-f]{8}$`);
/** As programs before 0.2 named it: by the machine and the process id alone. */
const FORMER = /^(.+)-(\d+)-[0-9a-f]{8}$/;

/** Of the process that an owner's mark names; 'running' where it is no such mark. */
function fateOf(owner: string): ProcessFate {
  const tag = TAGGED.exec(owner)?.[1];
  if (tag !== undefined) return tagFate(tag);
  const [, host, pid] = FORMER.exec(owner) ?? [];
  if (host === undefined) return 'running';
  if (host !== hostname()) return 'unknown';
  return isProcessAlive(Number(pid)) ? 'running' : 'gone';
}

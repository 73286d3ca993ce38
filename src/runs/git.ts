/** The commit of a git workspace, as a run keeps it: the code and the study file that were there when it was made. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod';

export const gitSchema = z.object({
  /** The full name of the commit, hexadecimal. */
  commit: z.string().regex(/^[0-9a-f]{40,64}$/),
  /** Absent where no branch is checked out. */
  branch: z.string().exactOptional(),
  /** Whether tracked files differed from the commit. */
  dirty: z.boolean(),
});
export type GitState = z.output<typeof gitSchema>;

const TIME_LIMIT_MILLISECONDS = 5000;
const MOST_BYTES = 16_000_000;

/**
 * Runs neither hooks nor a monitor of the file system, asks for nothing, and writes nothing.
 * @returns undefined outside git, before the first commit, where git is not there, or where it takes too long
 */
export async function gitStateOf(folder: string): Promise<GitState | undefined> {
  try {
    const commit = (await git(folder, 'rev-parse', '--verify', '--quiet', 'HEAD')).trim();
    const branch = (await git(folder, 'branch', '--show-current')).trim();
    const changed = await git(folder, 'status', '--porcelain', '--untracked-files=no', '--ignore-submodules=dirty');
    return gitSchema.safeParse({ commit, ...(branch === '' ? {} : { branch }), dirty: changed.trim() !== '' }).data;
  } catch {
    return undefined;
  }
}

async function git(folder: string, ...words: string[]): Promise<string> {
  const quiet = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '--no-optional-locks'];
  const { stdout } = await promisify(execFile)('git', [...quiet, '-C', folder, ...words], {
    timeout: TIME_LIMIT_MILLISECONDS,
    maxBuffer: MOST_BYTES,
    windowsHide: true,
    // A variable such as GIT_DIR, which a hook sets, would name another repository.
    env: { ...withoutGit(process.env), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
  });
  return stdout;
}

function withoutGit(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('GIT_')));
}

/** "3fa9c1e2 on main, with changes" */
export function gitText({ commit, branch, dirty }: GitState): string {
  return `${commit.slice(0, 8)}${branch === undefined ? '' : ` on ${branch}`}${dirty ? ', with changes' : ''}`;
}

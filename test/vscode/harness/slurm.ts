/** A Slurm of a suite's own, as the window's programs find it, and what stands before its and others' programs. */
import { chmod, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSlurm, type Slurm } from '../../slurm';
import type { Session } from './session';

export async function startSlurmFor({ slurmConf }: Session): Promise<Slurm> {
  const slurm = await startSlurm();
  await rm(slurmConf, { force: true });
  await symlink(slurm.env.SLURM_CONF, slurmConf);
  return slurm;
}

/** @param body a shell script's */
export async function putProgram({ programs }: Session, name: string, body: string): Promise<void> {
  const path = join(programs, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
}

export interface Counted {
  /** When it was asked how all tasks are, in milliseconds since 1970: not by what a person does at once. */
  readonly polls: () => Promise<readonly number[]>;
  /** It is what it was. */
  readonly stop: () => Promise<void>;
}

/** Notes from now on when the window's programs ask `squeue`. */
export async function countSqueue(session: Session): Promise<Counted> {
  const log = join(session.programs, 'squeue.log');
  await putProgram(session, 'squeue', `echo "$(date +%s%3N) $*" >>'${log}'\nexec /usr/bin/squeue "$@"`);
  return {
    polls: async () => {
      const text = await readFile(log, 'utf8').catch(() => '');
      return text.split('\n').flatMap((line) => (line.includes('--states=all') ? [Number.parseInt(line, 10)] : []));
    },
    stop: () => rm(join(session.programs, 'squeue')),
  };
}

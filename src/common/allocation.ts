/** How many processor cores this process may use: a scheduler may have given it fewer than the machine has. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * At least 1. What the task of Slurm was given, the limit of the control group, and the cores that the system lets it use
 * count, the fewest of them.
 */
export function allowedCores(
  env: Readonly<Record<string, string | undefined>> = process.env,
  { cores = availableParallelism(), root = '/' } = {},
): number {
  return Math.max(1, Math.floor(Math.min(cores, slurmCores(env) ?? Infinity, groupCores(root) ?? Infinity)));
}

/** Undefined where nothing gives this process fewer cores than the system says. */
export function givenCores(env: Readonly<Record<string, string | undefined>> = process.env): number | undefined {
  const [allowed, cores] = [allowedCores(env), availableParallelism()];
  return allowed < cores || slurmCores(env) !== undefined ? allowed : undefined;
}

function slurmCores(env: Readonly<Record<string, string | undefined>>): number | undefined {
  const text = env['SLURM_CPUS_PER_TASK'] ?? '';
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined;
}

/** Of version 2's `cpu.max`, "QUOTA PERIOD" or "max PERIOD", of the process's group and all above it. */
function groupCores(root: string): number | undefined {
  const group = /^0::(\/.*)$/m.exec(read(join(root, 'proc/self/cgroup')))?.[1];
  if (group === undefined) return undefined;
  const limits = foldersOf(group).flatMap((folder) => {
    const [, quota, period] = /^(\d+) ([1-9]\d*)/.exec(read(join(root, 'sys/fs/cgroup', folder, 'cpu.max'))) ?? [];
    return quota === undefined ? [] : [Number(quota) / Number(period)];
  });
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function foldersOf(group: string): string[] {
  return group === dirname(group) ? [group] : [group, ...foldersOf(dirname(group))];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

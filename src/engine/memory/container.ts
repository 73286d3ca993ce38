/** What a container, or any other control group of Linux, leaves of its limit, and whom it has cost. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A limit larger than any machine's memory is none: version 1 writes it as a number near 2^63. */
const NO_LIMIT = 2 ** 60;

interface Version {
  /** What a line of /proc/self/cgroup has for its controllers. */
  readonly controllers: RegExp;
  readonly mount: string;
  readonly limit: string;
  readonly used: string;
  /** File content that nobody has used lately: it counts as used, and is given up before anything is refused. */
  readonly cached: RegExp;
  /** Has a line "oom_kill N". */
  readonly events: string;
}

const VERSIONS: readonly Version[] = [
  {
    controllers: /^$/,
    mount: 'sys/fs/cgroup',
    limit: 'memory.max',
    used: 'memory.current',
    cached: /^inactive_file (\d+)$/m,
    events: 'memory.events',
  },
  {
    controllers: /(?:^|,)memory(?:,|$)/,
    mount: 'sys/fs/cgroup/memory',
    limit: 'memory.limit_in_bytes',
    used: 'memory.usage_in_bytes',
    cached: /^total_inactive_file (\d+)$/m,
    events: 'memory.oom_control',
  },
];

/**
 * Bytes until the first limit of this process's groups, of version 1 or 2; undefined without a limit.
 * @param root of the file system, for tests
 */
export function containerMemory(root = '/'): number | undefined {
  const left = memoryGroups(root)
    .map(({ folder, version }) => leftIn(folder, version))
    .filter((bytes) => bytes !== undefined);
  return left.length === 0 ? undefined : Math.min(...left);
}

/**
 * How many processes of this one's group the kernel has killed for want of memory since there is that group, children of
 * this process among them; undefined where nobody counts. @param root as above
 */
export function killedForMemory(root = '/'): number | undefined {
  return memoryGroups(root)
    .map(({ folder, version }) => numberIn(/^oom_kill (\d+)$/m.exec(read(join(folder, version.events)))?.[1]))
    .find((count) => count !== undefined);
}

/** The folders of this process's groups, the innermost first. */
function memoryGroups(root: string): { readonly folder: string; readonly version: Version }[] {
  return read(join(root, 'proc/self/cgroup'))
    .split('\n')
    .flatMap((line) => {
      const [, controllers = 'none', group = '/'] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
      const version = VERSIONS.find((each) => each.controllers.test(controllers));
      if (version === undefined) return [];
      return foldersOf(group).map((folder) => ({ folder: join(root, version.mount, folder), version }));
    });
}

/** A group and all above it: each has a limit of its own. Within a container only the topmost may be visible. */
function foldersOf(group: string): string[] {
  return group === dirname(group) ? [group] : [group, ...foldersOf(dirname(group))];
}

function leftIn(folder: string, { limit, used, cached }: Version): number | undefined {
  const most = numberIn(read(join(folder, limit)));
  const taken = numberIn(read(join(folder, used)));
  if (most === undefined || taken === undefined || most >= NO_LIMIT) return undefined;
  const reclaimable = numberIn(cached.exec(read(join(folder, 'memory.stat')))?.[1]) ?? 0;
  return Math.max(0, most - taken + reclaimable);
}

/** "max" is no number. */
function numberIn(text = ''): number | undefined {
  return /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

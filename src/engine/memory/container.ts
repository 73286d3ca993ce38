/** What a container, or any other control group of Linux, leaves of its limit. */
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
}

const VERSIONS: readonly Version[] = [
  {
    controllers: /^$/,
    mount: 'sys/fs/cgroup',
    limit: 'memory.max',
    used: 'memory.current',
    cached: /^inactive_file (\d+)$/m,
  },
  {
    controllers: /(?:^|,)memory(?:,|$)/,
    mount: 'sys/fs/cgroup/memory',
    limit: 'memory.limit_in_bytes',
    used: 'memory.usage_in_bytes',
    cached: /^total_inactive_file (\d+)$/m,
  },
];

/**
 * Bytes until the first limit of this process's groups, of version 1 or 2; undefined without a limit.
 * @param root of the file system, for tests
 */
export function containerMemory(root = '/'): number | undefined {
  const left = read(join(root, 'proc/self/cgroup'))
    .split('\n')
    .flatMap((line) => {
      const [, controllers = 'none', group = '/'] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
      const version = VERSIONS.find((each) => each.controllers.test(controllers));
      if (version === undefined) return [];
      return foldersOf(group).map((folder) => leftIn(join(root, version.mount, folder), version));
    })
    .filter((bytes) => bytes !== undefined);
  return left.length === 0 ? undefined : Math.min(...left);
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

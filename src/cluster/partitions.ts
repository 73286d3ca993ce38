/** What the cluster says of its partitions: their nodes' memory, and for how long a task may run there. */
import { slurmCommand } from './slurmCommand';
import { secondsIn } from './words';

export interface Partition {
  readonly name: string;
  /** Where a job goes that names none. */
  readonly isDefault: boolean;
  /** Infinity where there is no limit, or none that this program can read. */
  readonly mostSeconds: number;
  /** Of a node, in MiB; at most 1 where the cluster does not share memory out. */
  readonly memory: number;
}

/** Hidden ones too. @throws InputError, WorkError where Slurm does not answer */
export async function readPartitions(host: string | null): Promise<Partition[]> {
  return parsePartitions(await slurmCommand(host, 'sinfo', ['-a', '-h', '-o', '%P|%l|%m']));
}

/** A line such as "main*|1-00:00:00|64000+", of nodes that have 64,000 MiB or more; a host's greeting is none. */
export function parsePartitions(text: string): Partition[] {
  return text.split('\n').flatMap((line) => {
    const [, name, star, most = '', memory] = /^([^|*\s]+)(\*?)\|([^|]*)\|(\d+)\+?$/.exec(line.trim()) ?? [];
    if (name === undefined) return [];
    const seconds = /^[\d:-]+$/.test(most) ? secondsIn(most) : Infinity;
    return [{ name, isDefault: star === '*', mostSeconds: seconds > 0 ? seconds : Infinity, memory: Number(memory) }];
  });
}

/**
 * For how many seconds a task may run where it is sent; Infinity where nobody says.
 * @param asked a partition, or several of which Slurm chooses, apart by commas; undefined: the default one
 */
export function mostSecondsIn(partitions: readonly Partition[], asked: string | undefined): number {
  const names = asked?.split(',');
  const meant = partitions.filter(({ name, isDefault }) => names?.includes(name) ?? isDefault);
  return Math.min(...meant.map(({ mostSeconds }) => mostSeconds));
}

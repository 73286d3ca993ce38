/** The name of the cluster that a machine belongs to: two may share a disk, and count their jobs alike. */
import { slurmCommand } from '../slurmCommand';
import { onceADay } from './onceADay';

const OPTIONS = { timeoutMilliseconds: 20_000 };

/** Undefined where nobody says. @param host the destination for ssh; null: this machine */
export function clusterName(host: string | null): Promise<string | undefined> {
  return onceADay(host, 'cluster', async () => {
    const text = await slurmCommand(host, 'scontrol', ['show', 'config'], OPTIONS);
    return /^ClusterName\s*=\s*(\S+)/m.exec(text)?.[1];
  });
}

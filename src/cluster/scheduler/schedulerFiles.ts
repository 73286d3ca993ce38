/** Where what a scheduler said is kept for all windows and commands of a user: in their cache folder. */
import { createHash } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../setup/native/location';

export function schedulersFolder(): string {
  return join(cacheFolder(), 'schedulers');
}

/**
 * Of one scheduler and user. The home folder may be that of several clusters: "this machine" is one by its name.
 * @param host the destination for ssh; null: this machine
 */
export function schedulerFile(host: string | null, ending: string): string {
  const here = host === null ? `${hostname()}\0${process.env['SLURM_CONF'] ?? ''}` : '';
  const key = createHash('sha256')
    .update(`${host ?? ''}\0${here}\0${userInfo().username}`)
    .digest('hex')
    .slice(0, 16);
  return join(schedulersFolder(), `${key}.${ending}`);
}

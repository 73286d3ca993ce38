/** Whose jobs `squeue --me` shows: ssh may log in as somebody else than the user of this machine. */
import { userInfo } from 'node:os';
import { remoteCommand } from '../slurmCommand';
import { onceADay } from './onceADay';

const OPTIONS = { timeoutMilliseconds: 20_000 };

/** Undefined where nobody says. @param host the destination for ssh; null: this machine */
export function userName(host: string | null): Promise<string | undefined> {
  if (host === null) return Promise.resolve(userInfo().username);
  return onceADay(host, 'user', async () => {
    // Some hosts greet everybody, before a command's own output.
    const [last = ''] = (await remoteCommand(host, ['id', '-un'], OPTIONS)).trim().split('\n').slice(-1);
    return /^\S+$/.test(last.trim()) ? last.trim() : undefined;
  });
}

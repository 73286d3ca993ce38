/** Showing an address in the person's own browser. */
import { spawn } from 'node:child_process';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'open', linux: 'xdg-open' };

/** Tries; that there is no browser is no failure, because the address has been printed, too. */
export function tryToOpen(address: string): void {
  const opener = OPENERS[process.platform];
  if (opener === undefined) return;
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}

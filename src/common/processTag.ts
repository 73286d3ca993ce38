/** A process's identity as a part of a file's name: what it left behind when it died can be told by the name alone. */
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { fateHere, ownIdentity, type ProcessFate } from './processes';
import { ownKernel } from './processStart';

/** Host, process id and start, as `PROCESS_TAG` matches them. */
export const PROCESS_TAG = '[0-9a-f]{8}-[0-9]{1,10}-[0-9a-f]{8}';

/** Stays the same over restarts of the machine; containers of one kernel are machines of their own. */
const ownHost = shortHash(`${hostname()}/${ownKernel?.namespace ?? ''}`);
const UNKNOWN_START = '00000000';

/** This process's. */
export function ownTag(): string {
  return `${ownHost}-${process.pid}-${startHash(ownIdentity().processStart)}`;
}

/** @param tag as `PROCESS_TAG` matches it */
export function tagFate(tag: string): ProcessFate {
  const [host, pid, start] = tag.split('-');
  if (host !== ownHost) return 'unknown';
  return fateHere(Number(pid), (found) => startHash(found) === start, start !== UNKNOWN_START);
}

function startHash(start: string | undefined): string {
  return start === undefined ? UNKNOWN_START : shortHash(start);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

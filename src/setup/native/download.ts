/** Fetching the archives that the native engine comes in, whose size nobody publishes. */
import { basename } from 'node:path';
import { download } from '../../download/download';
import { refused } from '../../download/problems';
import { sendRequest } from '../../download/request';
import { PATIENCE } from '../../download/source';
import { adviceOn, expectedSum, type Pins } from './pins';
import { megabytes, type Watch } from './progress';

/** How long a host may take to answer before it counts as unreachable. */
const ANSWER_MILLISECONDS = 3000;
const ADVICE = 'The next way of getting the engine is tried.';

/** @throws WorkError when the address does not answer in time, or with anything but success; CancelledError */
export async function checkReachable(address: string, signal?: AbortSignal): Promise<void> {
  const url = new URL(address);
  const timeouts = { ...PATIENCE, connect: ANSWER_MILLISECONDS };
  const answer = await sendRequest({ url, method: 'HEAD', advice: ADVICE }, timeouts, signal);
  answer.close();
  if (answer.status !== 200) throw refused(url, answer.status, undefined, { advice: ADVICE });
}

/**
 * Downloads an address to a file, telling how far it is.
 *
 * @throws WorkError when the transfer fails, stalls or ends early, or brings another file than it must be;
 *   CancelledError
 */
export async function downloadArchive(
  address: string,
  path: string,
  pins: Pins,
  { signal, progress }: Watch,
): Promise<void> {
  progress({ text: `downloading ${address}` });
  const name = basename(path);
  const sha256 = await expectedSum(name, pins);
  const known = sha256 === undefined ? {} : { sha256, adviceOnHash: `${adviceOn(name, pins)} ${ADVICE}` };
  await download({ url: new URL(address), advice: ADVICE, ...known }, path, {
    signal,
    progress: ({ done, total, waiting }) => {
      const size = total === undefined ? '' : ` (${megabytes(total)})`;
      const text = `downloading ${address}${size}${waiting === undefined ? '' : `. ${waiting}`}`;
      progress({ text, done, ...(total === undefined ? {} : { total }) });
    },
  });
}

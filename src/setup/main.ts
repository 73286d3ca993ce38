/**
 * `setup [--verify] [--json]`: installs the native engine into the per-user cache. Exit 0 also when it cannot be had,
 * for the program works without it, slower; 1 when it was cancelled or something unforeseen happened.
 *
 * The editor starts it with a channel, by which progress and result are sent to it. Any message from there cancels, and
 * so does the channel's end.
 */
import { isReportedError } from '../common/errors';
import type { InstallMessage } from './installMessages';
import { installNative, type InstallResult } from './native/install';
import { megabytes, type Progress } from './native/progress';

const KNOWN = ['--verify', '--json'];

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((argument) => !KNOWN.includes(argument));
  if (unknown !== undefined) {
    console.error(`setup: unknown argument ${unknown}; known are ${KNOWN.join(', ')}`);
    return 2;
  }
  const cancel = new AbortController();
  process.once('SIGINT', () => {
    cancel.abort();
  });
  process.once('SIGTERM', () => {
    cancel.abort();
  });
  for (const end of ['message', 'disconnect'] as const) process.once(end, () => cancel.abort());
  const send = channel();
  const result = await installNative({
    signal: cancel.signal,
    verify: args.includes('--verify'),
    progress: send === undefined ? progressPrinter() : (progress) => send({ kind: 'progress', progress }),
  });
  if (send !== undefined) {
    send({ kind: 'result', result });
  } else if (args.includes('--json')) console.log(JSON.stringify(result));
  else console.log(describeResult(result));
  return 0;
}

function channel(): ((message: InstallMessage) => void) | undefined {
  const send = process.send?.bind(process);
  // A closed channel is reported by its end.
  return send && ((message) => void send(message, undefined, undefined, () => undefined));
}

/** A line for each new sentence, and for every tenth of what is counted. */
function progressPrinter(): (progress: Progress) => void {
  let lastText = '';
  let lastTenth = 0;
  return ({ text, done, total }) => {
    if (text !== lastText) {
      lastText = text;
      lastTenth = 0;
      console.error(`  ${text}`);
    }
    const tenth = done === undefined || total === undefined ? 0 : Math.floor((10 * done) / total);
    if (tenth > lastTenth) {
      lastTenth = tenth;
      console.error(`    ${megabytes(done ?? 0)} of ${megabytes(total ?? 0)}`);
    }
  };
}

function describeResult({ native, route, failures }: InstallResult): string {
  if (native === undefined) {
    const reasons = failures.map((failure) => `  ${failure.route}: ${failure.reason}`);
    return ['no native engine; going on with the embedded engine, which trains slower', ...reasons].join('\n');
  }
  const { libtensorflowVersion, origin, variant } = native.manifest;
  return `native engine: TensorFlow ${libtensorflowVersion} (${variant}), ${route ?? ''}; ${origin}; in ${native.folder}`;
}

main(process.argv.slice(2))
  .then(
    (exitCode) => {
      process.exitCode = exitCode;
    },
    (error: unknown) => {
      console.error(isReportedError(error) ? `setup: ${error.message}` : error);
      process.exitCode = 1;
    },
  )
  .finally(() => {
    if (process.connected) process.disconnect();
  });

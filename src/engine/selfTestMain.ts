/**
 * The throw-away process that tries an engine: `selftest.js ENGINE`, with a channel to its parent, which gets one
 * `SelfTestMessage`. A process of its own, because a broken addon can end it.
 */
import { isReportedError } from '../common/errors';
import { isOutOfMemory, outOfMemory } from './memory/addressSpace';
import { ENGINE_NAMES } from './engine';
import type { Launched } from './declaration';
import { ENGINES } from './engines';
import { runSelfTest, type SelfTestResult } from './selfTest';

export type SelfTestMessage = (Launched & SelfTestResult) | { readonly failure: string };

async function main(): Promise<SelfTestMessage> {
  const name = ENGINE_NAMES.find((candidate) => candidate === process.argv[2]);
  if (name === undefined) return { failure: `no engine "${process.argv[2] ?? ''}"` };
  try {
    return { ...(await ENGINES[name].launch()), ...(await runSelfTest()) };
  } catch (error) {
    if (isReportedError(error)) return { failure: error.message };
    if (isOutOfMemory(error)) return { failure: outOfMemory(error).message };
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

void main().then((message) => {
  // Not left to end by itself: an engine's threads could keep the process.
  if (process.send) process.send(message, () => process.exit(0));
  else {
    console.log(JSON.stringify(message));
    process.exit('failure' in message || !message.passed ? 1 : 0);
  }
});

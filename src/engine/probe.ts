/** Finding out whether an engine works on this machine, and how fast: once, then remembered in the per-user cache. */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { givenCores } from '../common/allocation';
import { writeFileAtomically } from '../common/atomic';
import { isReportedError, WorkError } from '../common/errors';
import { cacheFolder } from '../setup/native/location';
import type { EngineName, EngineReport } from './engine';
import { ENGINES } from './engines';
import type { SelfTestMessage } from './selfTestMain';
import { findProgram } from '../common/programFile';

const SELF_TEST = 'selftest.js';
const TIMEOUT_MILLISECONDS = 60_000;

const verdictSchema = z.object({ version: z.string(), device: z.string(), milliseconds: z.number() });
type Verdict = z.infer<typeof verdictSchema>;

/** What is known of an engine, from the cache or by trying it. Never throws for an engine that does not work. */
export async function probeEngine(name: EngineName): Promise<EngineReport> {
  try {
    const { version, device, milliseconds } = await verdictOn(name);
    return { name, usable: true, version, device, selfTestMilliseconds: milliseconds };
  } catch (error) {
    if (!isReportedError(error)) throw error;
    const { advice, ...where } = error.problem;
    const reason = new WorkError(error.summary, where).message;
    return { name, usable: false, reason, ...(advice === undefined ? {} : { advice }) };
  }
}

/** Only passes are remembered: a failure may have been the moment's, and what was wrong may have been put right. */
async function verdictOn(name: EngineName): Promise<Verdict> {
  ENGINES[name].check?.();
  const program = selfTestProgram();
  const file = join(cacheFolder(), 'self-tests', `${name}-${await verdictKey(name, program)}.json`);
  const remembered = await readVerdict(file);
  if (remembered !== undefined) return remembered;
  const verdict = await tryEngine(name, program);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFileAtomically(file, JSON.stringify(verdict));
  } catch {
    // A cache that cannot be written only costs the next start its time.
  }
  return verdict;
}

async function readVerdict(file: string): Promise<Verdict | undefined> {
  try {
    return verdictSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Everything the verdict depends on: the program, Node, and the engine's own files.
 *
 * @throws WorkError when the engine is absent or damaged
 */
async function verdictKey(name: EngineName, program: string): Promise<string> {
  const hash = createHash('sha256');
  hash
    .update(await readFile(program))
    .update(process.version)
    .update(process.arch);
  hash.update(process.env['CUDA_VISIBLE_DEVICES'] ?? '');
  // On fewer cores the other engine may be the faster one.
  hash.update(String(givenCores() ?? ''));
  hash.update((await ENGINES[name].installation?.()) ?? '');
  return hash.digest('hex').slice(0, 24);
}

/** @throws WorkError when it has not been built */
function selfTestProgram(): string {
  const program = findProgram(SELF_TEST);
  if (program !== undefined) return program;
  throw new WorkError('the program that tests engines is missing', {
    file: SELF_TEST,
    advice: 'Run `npm run build`',
  });
}

async function tryEngine(name: EngineName, program: string): Promise<Verdict> {
  const message = await runInChild(name, program);
  if ('failure' in message) throw new WorkError(message.failure);
  if (!message.passed) {
    throw new WorkError('the engine computes wrong results on this machine', {
      found: `a relative error of ${message.error.toPrecision(2)} in the self-test`,
    });
  }
  return verdictSchema.parse(message);
}

function runInChild(name: EngineName, program: string): Promise<SelfTestMessage> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [name], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
      // In the desktop editor the running program is the editor itself, which is Node only when told so.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      execArgv: [],
      timeout: TIMEOUT_MILLISECONDS,
    });
    let complaints = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    child.on('message', (message) => {
      resolve(message as SelfTestMessage);
    });
    child.on('error', reject);
    // After a message this changes nothing.
    child.on('close', (code, signal) => {
      const end = signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
      const said = complaints.trim().split('\n').slice(-3).join(' ');
      reject(new WorkError('the engine’s test process died', { found: [end, said].filter(Boolean).join(': ') }));
    });
  });
}

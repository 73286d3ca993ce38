/** A process that computes with one engine for the bench: what `bench.js --serve ENGINE` is. */
import { createInterface } from 'node:readline';
import type { EngineName } from '../../src/engine/engine';
import { ENGINES } from '../../src/engine/engines';
import { OPERATION_BY_OPERATION, useProgramRunner } from '../../src/engine/programs';
import { trainingBytes } from '../../src/models/memory/estimate';
import { createModel } from '../../src/models/model';
import { prepare } from './computing';
import type { Answer, Greeting, Request } from './protocol';

/** The argument that has an engine compute operation by operation, as it does everything that it has no program for. */
export const EAGER = 'eager';

/** Ends when standard input does. */
export async function serve(engine: EngineName, way?: string): Promise<void> {
  say(await start(engine));
  if (way === EAGER) useProgramRunner(OPERATION_BY_OPERATION);
  const startMemory = process.memoryUsage.rss();
  const prepared = new Map<string, () => void>();
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    say({ ...answer(request, prepared), ...estimateOf(engine, request, startMemory) });
  }
}

async function start(engine: EngineName): Promise<Greeting> {
  try {
    const { version, device } = await ENGINES[engine].launch();
    return { description: `${version}, ${device}`, notes: [] };
  } catch (error) {
    return { failure: messageOf(error) };
  }
}

function answer(request: Request, prepared: Map<string, () => void>): Answer {
  const { steps, ...task } = request;
  const key = JSON.stringify(task);
  try {
    const step = prepared.get(key) ?? prepare(task);
    prepared.set(key, step);
    const used = process.cpuUsage();
    const begin = performance.now();
    for (let i = 0; i < steps; i++) step();
    const seconds = (performance.now() - begin) / 1000;
    const { user, system } = process.cpuUsage(used);
    return { seconds, processorSeconds: (user + system) / 1e6, peakMemory: process.resourceUsage().maxRSS * 1024 };
  } catch (error) {
    return { failure: messageOf(error) };
  }
}

/** What the process takes by the time it has trained; nothing is said of other work. */
function estimateOf(
  engine: EngineName,
  { work, architecture, inputSize, batchSize }: Request,
  startMemory: number,
): { estimatedMemory?: number } {
  if (work !== 'train') return {};
  return { estimatedMemory: startMemory + trainingBytes(engine, createModel(architecture, inputSize, 10), batchSize) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function say(message: Greeting | Answer): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Who is measured: every engine that this machine has, and PyTorch where a Python is named. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, WorkError } from '../../src/common/errors';
import type { EngineName } from '../../src/engine/engine';
import { listEngines } from '../../src/engine/start';
import { EAGER } from './engineProcess';
import { createSide, type Side } from './side';
import { PYTORCH } from './tables';
import type { Options } from './options';

export interface Sides {
  readonly all: readonly Side[];
  readonly engines: readonly string[];
  /** The engines themselves, whatever ways they compute in. */
  readonly names: readonly EngineName[];
  readonly withPytorch: boolean;
  /** Who they are and what a reader must know of them, a line each. */
  readonly notes: readonly string[];
}

/** The argument that makes a process of the bench the one that computes. */
export const SERVE = '--serve';

/** @throws InputError when the Python cannot do it, WorkError when no engine can be used */
export async function findSides({ engine, python }: Options): Promise<Sides> {
  const reports = (await listEngines()).filter(({ name }) => engine === undefined || name === engine);
  const absent = reports.flatMap((report) => (report.usable ? [] : [`${report.name}: not usable: ${report.reason}`]));
  const names = reports.filter(({ usable }) => usable).map(({ name }) => name);
  const engines = names.flatMap(createEngineSides);
  if (engines.length === 0) throw new WorkError('no engine can be measured', { found: absent.join('; ') });
  const pytorch = python === undefined ? [] : [createPytorchSide(python)];
  const all = [...engines, ...pytorch];
  const present: string[] = [];
  for (const side of all) present.push(...(await introduce(side)));
  if (python === undefined) {
    present.push(`${PYTORCH}: not measured; name a Python that has torch and timm by --python or EPOCHLENS_PYTHON`);
  }
  return {
    all,
    engines: engines.map(({ name }) => name),
    names,
    withPytorch: python !== undefined,
    notes: [...present, ...absent],
  };
}

/** The native engine twice: with its graphs, and without. */
function createEngineSides(engine: EngineName): Side[] {
  const program = fileURLToPath(import.meta.url);
  const side = (name: string, ...more: string[]): Side =>
    createSide({
      name,
      program: process.execPath,
      args: [program, SERVE, engine, ...more],
      works: ['train', 'forward', 'gradCam'],
    });
  return engine === 'tensorflow' ? [side(engine), side(`${engine}, eager`, EAGER)] : [side(engine)];
}

function createPytorchSide(python: string): Side {
  return createSide({
    name: PYTORCH,
    program: python,
    // Beside `dist`, where this runs.
    args: [join(fileURLToPath(import.meta.url), '../../test/bench/reference.py')],
    works: ['train', 'trainChannelsLast', 'forward', 'gradCam'],
  });
}

async function introduce(side: Side): Promise<string[]> {
  const greeting = await side.greet();
  side.close();
  if (!('failure' in greeting)) return [`${side.name}: ${greeting.description}`, ...greeting.notes];
  if (side.name !== PYTORCH)
    throw new WorkError('an engine does not start', { place: side.name, found: greeting.failure });
  throw new InputError('this Python cannot be compared with', {
    file: side.program,
    found: greeting.failure,
    expected: 'one that has torch and timm',
  });
}

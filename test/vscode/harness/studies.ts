/** Small studies for tests, on images that the program draws. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './paths';

interface SmallStudy {
  readonly name: string;
  readonly epochs: number;
  readonly trainCount?: number;
  /** Further fields of the study file. */
  readonly more?: object;
}

/** Writes NAME.epochlens.json, whose epochs take a second or two without the native engine, and returns its path. */
export async function writeSmallStudy(
  folder: string,
  { name, epochs, trainCount = 128, more = {} }: SmallStudy,
): Promise<string> {
  const study = {
    name,
    dataset: { kind: 'synthetic', trainCount, testCount: 20, seed: 1 },
    model: { architecture: 'resnet20', inputSize: 32 },
    training: { epochs, batchSize: 32, learningRate: 0.05, seed: 1 },
    explain: { checkpoints: 'all', images: { test: [0, 1, 2] } },
    ...more,
  };
  const path = join(folder, `${name}.epochlens.json`);
  await writeFile(path, `${JSON.stringify(study, null, 2)}\n`);
  return path;
}

/** A batch file of CIFAR-10 with so many images, of one class after the other. */
export function batchFile(records: number): Uint8Array {
  return Uint8Array.from({ length: records * 3073 }, (_, at) => (at % 3073 === 0 ? (at / 3073) % 10 : (at * 7) % 251));
}

/** The command line, as a person has it: `epochlens ARGS`. @returns what it prints */
export async function epochlens(...args: string[]): Promise<string> {
  const options = { maxBuffer: 1e8 };
  return (await promisify(execFile)(process.execPath, [join(ROOT, 'dist', 'cli.js'), ...args], options)).stdout;
}

/** Trains a study without the native engine. */
export async function trainStudy(file: string, ...args: string[]): Promise<void> {
  await epochlens('train', file, '--engine', 'wasm', ...args);
}

/** Tests compute the same on every machine, with what needs no installation. */
export const EMBEDDED_ENGINE = { 'epochlens.engine': 'embedded' } as const;

/** The files, the engines and onnxruntime beside each other. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EngineName } from '../../../src/engine/engine';
import { createModel } from '../../../src/models/model';
import { initialState } from '../../../src/models/weights';
import { exportOnnx } from '../../onnx/export';
import { measureApart } from '../apart';
import type { OnnxCosts } from './measure';
import type { OnnxRow } from './table';

export const ONNX = 'onnx';

const NETWORKS = [
  { architecture: 'resnet20', inputSize: 32, batchSize: 32 },
  { architecture: 'efficientnet_b0', inputSize: 64, batchSize: 16 },
  { architecture: 'resnet18', inputSize: 64, batchSize: 16 },
] as const;

interface Options {
  readonly engines: readonly EngineName[];
  /** A Python that may have onnxruntime. */
  readonly python: string | undefined;
  readonly rounds: number;
  readonly progress: (text: string) => void;
}

export async function measureOnnxFiles({ engines, python, rounds, progress }: Options): Promise<OnnxRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'epochlens-bench-'));
  try {
    const rows: OnnxRow[] = [];
    for (const argument of NETWORKS) {
      const { architecture, inputSize, batchSize } = argument;
      const model = createModel(architecture, inputSize, 10);
      const bytes = exportOnnx(model, initialState(model, 1));
      const path = join(folder, `${architecture}.onnx`);
      await writeFile(path, bytes);
      const onnxruntime = await forwardByOnnxruntime(python, path, inputSize, batchSize);
      for (const engine of engines) {
        progress(`an ONNX file of ${architecture} on ${engine}`);
        const costs = await measureApart<OnnxCosts>(ONNX, { engine, argument: { ...argument, path, rounds } });
        rows.push({ engine, argument, costs, megabytes: bytes.length / 1e6, onnxruntime });
      }
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds an image; undefined where it is not installed. */
async function forwardByOnnxruntime(
  python: string | undefined,
  path: string,
  inputSize: number,
  batchSize: number,
): Promise<number | undefined> {
  if (python === undefined) return undefined;
  const script = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'test', 'bench', 'onnx', 'forward.py');
  const args = [script, path, String(inputSize), String(batchSize)];
  const result = await promisify(execFile)(python, args).catch(() => undefined);
  return result === undefined ? undefined : Number(result.stdout) / batchSize;
}

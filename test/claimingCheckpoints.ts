/** Checkpoints as other people's scripts leave them: with claims, averages and names of their own beside the weights. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createModel } from '../src/models/model';
import { initialWeights } from '../src/models/weights';
import { checkpointTensors } from '../src/weights/checkpoint';
import { serialiseSafetensors } from '../src/weights/safetensors';

export interface TheirFile {
  readonly name: string;
  /** What it says beside its weights. */
  readonly says?: Readonly<Record<string, string>>;
  /** Under these keys it has a state dict each; by default it is one itself. With none it is an optimiser's state. */
  readonly stateDicts?: readonly string[];
}

/** Writes a folder of ResNet-20s, each of weights of its own. */
export async function writeTheirs(folder: string, files: readonly TheirFile[]): Promise<void> {
  const model = createModel('resnet20', 32, 10);
  await mkdir(folder, { recursive: true });
  let seed = 0;
  for (const { name, says = {}, stateDicts = [''] } of files) {
    const tensors = stateDicts.flatMap((key) =>
      checkpointTensors(model, initialWeights(model, ++seed)).map((tensor) => ({
        ...tensor,
        name: key === '' ? tensor.name : `${key}.${tensor.name}`,
      })),
    );
    if (tensors.length === 0) tensors.push({ name: 'exp_avg', shape: [3], data: Float32Array.of(1, 2, 3) });
    await writeFile(join(folder, name), serialiseSafetensors(tensors, says));
  }
}

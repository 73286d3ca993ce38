/** Where real images, the real model and reported files lie that tests use but the project does not own. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** A network and what PyTorch says of its explanations. */
export interface ExplainedNetwork {
  /** What `make_explanations.py` wrote. */
  readonly explanations: string;
  readonly weights: string;
  readonly architecture: 'resnet20' | 'resnet56';
}

/**
 * The shared ResNet-20 on the first test images; other images where EPOCHLENS_EXPLANATIONS names their file, and a
 * ResNet-56 where EPOCHLENS_EXPLAINED_WEIGHTS names its weights.
 */
export function explainedNetwork(root: string): ExplainedNetwork {
  const weights = process.env['EPOCHLENS_EXPLAINED_WEIGHTS'];
  return {
    explanations: process.env['EPOCHLENS_EXPLANATIONS'] ?? join(root, 'reference', 'explanations.json'),
    weights: weights ?? join(root, 'models', 'resnet20.safetensors'),
    architecture: weights === undefined ? 'resnet20' : 'resnet56',
  };
}

/** The folder, or undefined where it is absent: such tests are then skipped, and say so. */
export function sharedFolder(): string | undefined {
  // Compiled with the suites for VS Code, this file lies two folders deeper.
  const beside = [join(checkout, '..'), join(checkout, '..', '..', '..')].map((folder) => join(folder, 'shared'));
  const candidates = [process.env['EPOCHLENS_SHARED'], ...beside];
  return candidates.find((path): path is string => path !== undefined && existsSync(join(path, 'data', 'cifar10')));
}

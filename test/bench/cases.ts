import { ARCHITECTURE_NAMES, type ArchitectureName } from '../../src/architectures';
import { InputError } from '../../src/common/errors';
import type { Case, Work } from './protocol';

export const DEFAULT_CASES: readonly Case[] = [
  { architecture: 'efficientnet_b0', inputSize: 32 },
  { architecture: 'efficientnet_b0', inputSize: 96 },
  { architecture: 'efficientnet_b0', inputSize: 224 },
  { architecture: 'resnet18_cifar', inputSize: 32 },
  { architecture: 'resnet20', inputSize: 32 },
];

/** Small enough for a larger batch. */
const CIFAR_RESNETS: readonly ArchitectureName[] = ['resnet20', 'resnet32', 'resnet44', 'resnet56'];

const SMALLEST_INPUT = 32;
const LARGEST_INPUT = 512;

export function nameOf({ architecture, inputSize }: Case): string {
  return `${architecture}@${inputSize}`;
}

/** "efficientnet_b0@32,resnet20@32": any architecture at any size. @throws InputError */
export function parseCases(word: string): Case[] {
  return word.split(',').map((name) => {
    const [, wanted, size] = /^(\w+)@(\d+)$/.exec(name) ?? [];
    const architecture = ARCHITECTURE_NAMES.find((candidate) => candidate === wanted);
    const inputSize = Number(size);
    if (architecture !== undefined && inputSize >= SMALLEST_INPUT && inputSize <= LARGEST_INPUT) {
      return { architecture, inputSize };
    }
    throw new InputError('no such case', {
      place: '--only',
      found: JSON.stringify(name),
      expected: `ARCHITECTURE@SIZE with one of ${ARCHITECTURE_NAMES.join(', ')} and a size from ${SMALLEST_INPUT} to ${LARGEST_INPUT}`,
    });
  });
}

/** Images in a batch, the same for everyone who is measured: what fits a small machine and keeps its cores busy. */
export function batchSizeOf({ architecture, inputSize }: Case, work: Work): number {
  if (inputSize > 96) return 8;
  if (inputSize > 32) return 16;
  if (!isTraining(work)) return 64;
  return CIFAR_RESNETS.includes(architecture) ? 128 : 32;
}

export function isTraining(work: Work): boolean {
  return work === 'train' || work === 'trainChannelsLast';
}

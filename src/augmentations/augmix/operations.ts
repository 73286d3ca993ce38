/**
 * The operations of AugMix for CIFAR-10, by the names and with the amounts of the authors' augmentations.py. Those that
 * overlap CIFAR-10-C's corruptions (colour, contrast, brightness, sharpness) are left out, as in their experiments.
 */
import type { Random } from '../../common/random';
import type { Pixels } from '../augmentationKind';
import { autocontrast, equalize, posterize, solarize } from './tables';
import { rotation, warp } from './warp';

interface Operation {
  /** How much. @param level in [0.1, severity) @param side of the image along which it moves, in pixels */
  amount(level: number, random: Random, side: Pick<Pixels, 'height' | 'width'>): number;
  apply(image: Pixels, amount: number): Uint8Array;
}

/** The amount for a severity of 10, cut down to a whole number for a level. */
const whole = (level: number, most: number): number => Math.trunc((level * most) / 10);
const eitherSign = (amount: number, random: Random): number => (random.uniform() > 0.5 ? -amount : amount);
const nothing = (): number => 0;

export const OPERATIONS = {
  autocontrast: { amount: nothing, apply: autocontrast },
  equalize: { amount: nothing, apply: equalize },
  posterize: { amount: (level) => 4 - whole(level, 4), apply: posterize },
  rotate: {
    amount: (level, random) => eitherSign(whole(level, 30), random),
    apply: (image, degrees) => warp(image, rotation(degrees, image)),
  },
  solarize: { amount: (level) => 256 - whole(level, 256), apply: solarize },
  shear_x: {
    amount: (level, random) => eitherSign((level * 0.3) / 10, random),
    apply: (image, shear) => warp(image, [1, shear, 0, 0, 1, 0]),
  },
  shear_y: {
    amount: (level, random) => eitherSign((level * 0.3) / 10, random),
    apply: (image, shear) => warp(image, [1, 0, 0, shear, 1, 0]),
  },
  translate_x: {
    amount: (level, random, { width }) => eitherSign(whole(level, width / 3), random),
    apply: (image, pixels) => warp(image, [1, 0, pixels, 0, 1, 0]),
  },
  translate_y: {
    amount: (level, random, { height }) => eitherSign(whole(level, height / 3), random),
    apply: (image, pixels) => warp(image, [1, 0, 0, 0, 1, pixels]),
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;
export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[];

/** An operation and how much of it: bits, degrees, a threshold, a shear or pixels; 0 where there is no more or less of it. */
export interface Step {
  readonly operation: OperationName;
  readonly amount: number;
}

/** @param severity 1 … 10 */
export function drawStep(severity: number, random: Random, image: Pixels): Step {
  const operation = OPERATION_NAMES[random.integer(OPERATION_NAMES.length)] as OperationName;
  const level = random.uniform(0.1, severity);
  return { operation, amount: (OPERATIONS[operation] as Operation).amount(level, random, image) };
}

export function applyStep(image: Pixels, { operation, amount }: Step): Pixels {
  return { ...image, pixels: (OPERATIONS[operation] as Operation).apply(image, amount) };
}

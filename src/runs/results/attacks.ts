/**
 * Kept attacks: a .json file of counts for each attack at each checkpoint, and a .bin file of the logits that they are
 * counted from, float32 in the machine's byte order, [images, classes].
 */
import { endianness } from 'node:os';
import * as z from 'zod';
import { attackedSchema, type Attacked } from '../../measures/attacks/measured';
import type { ResolvedAttack } from '../../study/index';
import type { AboutResult } from './binaryResult';
import { jsonResults, storeBinaryResult } from './results';

/** Another number whenever the same inputs come to mean other numbers. */
export const ATTACK_METHOD = 'attack 1';
export const ATTACKS_KIND = 'attacks';
const LOGITS_KIND = 'attackLogits';

/** All that they depend on. */
export interface AttackInputs {
  readonly architecture: string;
  /** How pixels become the network's input. */
  readonly input: unknown;
  /** sha256 of the checkpoint's file, and of the images and their labels, in hexadecimal. */
  readonly checkpoint: string;
  readonly images: string;
  readonly attack: Omit<ResolvedAttack, 'expect'>;
}

function keyOf({ attack, ...inputs }: AttackInputs) {
  return { ...inputs, method: ATTACK_METHOD, attack: whatAttacks(attack) };
}

/** Neither what is expected, nor how many images were asked for, which their hash says, nor a seed that nothing draws by. */
export function whatAttacks(attack: AttackInputs['attack']) {
  const { kind, norm, epsilon, stepSize, steps, randomStart, restarts, seed } = attack;
  return { kind, norm, epsilon, stepSize, steps, randomStart, restarts, ...(randomStart ? { seed } : {}) };
}

export const attackValueSchema = z.object({
  /** Of the checkpoint, for whoever reads the file. */
  epoch: z.int().min(0),
  attacked: z.custom<Attacked>((value) => z.safeParse(attackedSchema, value).success),
});

/** As they lie in a file. */
export const attackInputsSchema = z.object({
  architecture: z.string(),
  input: z.unknown(),
  checkpoint: z.string(),
  images: z.string(),
  attack: z.object({
    kind: z.enum(['fgsm', 'pgd']),
    norm: z.enum(['linf', 'l2']),
    epsilon: z.number().gt(0),
    stepSize: z.number().gt(0),
    steps: z.int().min(1),
    randomStart: z.boolean(),
    restarts: z.int().min(1),
    /** Absent where nothing is drawn. */
    seed: z.int().min(0).default(0),
  }),
});

export const attackResults = jsonResults(ATTACKS_KIND, attackValueSchema, keyOf);

export async function storeAttackLogits(
  folder: string,
  inputs: AttackInputs,
  logits: Float32Array,
  about: AboutResult,
): Promise<void> {
  const bytes = new Uint8Array(logits.buffer, logits.byteOffset, logits.byteLength);
  await storeBinaryResult(folder, LOGITS_KIND, { ...keyOf(inputs), byteOrder: endianness() }, bytes, about);
}

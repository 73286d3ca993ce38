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
const ATTACK_METHOD = 'attack 1';
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

/** What is expected is no part of it, nor how many images were asked for, which their hash says. */
function keyOf({ attack, ...inputs }: AttackInputs) {
  const { kind, norm, epsilon, stepSize, steps, randomStart, restarts, seed } = attack;
  const draws = randomStart ? { seed } : {};
  return {
    ...inputs,
    method: ATTACK_METHOD,
    attack: { kind, norm, epsilon, stepSize, steps, randomStart, restarts, ...draws },
  };
}

const valueSchema = z.object({
  /** Of the checkpoint, for whoever reads the file. */
  epoch: z.int().min(0),
  attacked: z.custom<Attacked>((value) => z.safeParse(attackedSchema, value).success),
});

export const attackResults = jsonResults(ATTACKS_KIND, valueSchema, keyOf);

export async function storeAttackLogits(
  folder: string,
  inputs: AttackInputs,
  logits: Float32Array,
  about: AboutResult,
): Promise<void> {
  const bytes = new Uint8Array(logits.buffer, logits.byteOffset, logits.byteLength);
  await storeBinaryResult(folder, LOGITS_KIND, { ...keyOf(inputs), byteOrder: endianness() }, bytes, about);
}

/** Where attacks with a random start begin: drawn here, so that every engine sees the same. */
import type { Random } from '../common/random';
import type { AttackSteps } from './attack';

/**
 * A point of the unit ball of the norm: of L∞, each value uniform in −1 … 1; of L2, uniform in the ball (a direction from
 * normal draws, and a length u^(1/n), which is how Foolbox's L2 attacks start but for the way to the same distribution).
 * @param length how many numbers an image has
 */
export function startOffsets(norm: AttackSteps['norm'], random: Random, length: number): Float32Array {
  if (norm === 'linf') return Float32Array.from({ length }, () => random.uniform(-1, 1));
  const direction = random.normals(length);
  const distance = random.uniform() ** (1 / length);
  const ofAll = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(direction, (value) => (value / ofAll) * distance);
}

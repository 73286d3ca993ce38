/** Shapley values by a weighted regression over coalitions: Lundberg and Lee 2017, theorem 2. */
import { createRandom, type Random } from '../common/random';
import { solvePositiveDefinite } from '../common/solve';

export interface Coalition {
  /** 1 where a player is in, [players]. */
  readonly members: Uint8Array;
  /** In the regression. */
  readonly weight: number;
}

/** How often sets are drawn again that were drawn before, for each that is wanted. */
const PATIENCE = 4;

/**
 * Coalitions that are neither empty nor whole, each once, at most so many. All of the sizes that weigh most, from both
 * ends, as long as they are no more than their weight's part of the samples; of the other sizes random ones, each with
 * its complement. All there are, where that is no more than the samples: the values are then exact.
 * @param samples at least 2 · players
 */
export function drawCoalitions(players: number, samples: number, seed: number): Coalition[] {
  const sizes = sizePairs(players);
  const coalitions: Coalition[] = [];
  while (sizes.length > 0) {
    const { size, count, weight } = sizes[0] as SizePair;
    const left = samples - coalitions.length;
    const part = weight / sumOf(sizes, (each) => each.weight);
    // Without those of one player the regression may have no single solution.
    const isWhole = size === 1 || count <= left * part || sumOf(sizes, (each) => each.count) <= left;
    if (!isWhole) break;
    for (const members of allOfSize(players, size)) {
      coalitions.push({ members, weight: weight / count });
      if (2 * size !== players) coalitions.push({ members: complement(members), weight: weight / count });
    }
    sizes.shift();
  }
  const random = createRandom('kernel shap', seed, players);
  return [...coalitions, ...drawnOf(players, sizes, samples - coalitions.length, random)];
}

/** Coalitions of a size, and their complements. */
interface SizePair {
  readonly size: number;
  readonly count: number;
  /** Of all of them, by the Shapley kernel. */
  readonly weight: number;
}

function sizePairs(players: number): SizePair[] {
  let ofSize = 1;
  return Array.from({ length: Math.floor(players / 2) }, (_, i) => {
    const size = i + 1;
    ofSize = (ofSize * (players - i)) / size;
    const sides = 2 * size === players ? 1 : 2;
    return { size, count: sides * ofSize, weight: (sides * (players - 1)) / (size * (players - size)) };
  });
}

function* allOfSize(players: number, size: number, first = 0): Generator<Uint8Array> {
  if (size === 0) yield new Uint8Array(players);
  else
    for (let player = first; player <= players - size; player++)
      for (const members of allOfSize(players, size - 1, player + 1)) {
        members[player] = 1;
        yield members;
      }
}

function drawnOf(players: number, sizes: readonly SizePair[], wanted: number, random: Random): Coalition[] {
  const total = sumOf(sizes, ({ weight }) => weight);
  const drawn = new Map<string, { readonly members: Uint8Array; times: number }>();
  let draws = 0;
  while (sizes.length > 0 && drawn.size + 1 < wanted && draws < PATIENCE * wanted) {
    const members = randomOfSize(players, drawSize(sizes, random.uniform(0, total)), random);
    for (const each of [members, complement(members)]) {
      const key = each.join('');
      const known = drawn.get(key) ?? { members: each, times: 0 };
      known.times++;
      drawn.set(key, known);
      draws++;
    }
  }
  return Array.from(drawn.values(), ({ members, times }) => ({ members, weight: (total * times) / draws }));
}

/** @param place below the sum of weights, but for rounding */
function drawSize(sizes: readonly SizePair[], place: number): number {
  let drawn = 0;
  for (const { size, weight } of sizes) {
    drawn = size;
    place -= weight;
    if (place < 0) break;
  }
  return drawn;
}

function randomOfSize(players: number, size: number, random: Random): Uint8Array {
  const members = new Uint8Array(players);
  for (const player of random.permutation(players).subarray(0, size)) members[player] = 1;
  return members;
}

function complement(members: Uint8Array): Uint8Array {
  return members.map((member) => 1 - member);
}

function sumOf(sizes: readonly SizePair[], value: (pair: SizePair) => number): number {
  return sizes.reduce((sum, pair) => sum + value(pair), 0);
}

/**
 * The values φ with Σ φ = whole − empty that least miss Σ_{i in S} φ_i + empty, in weighted squares over the coalitions.
 * The last player's follows from the sum, so that the constraint holds to rounding.
 * @param found of each coalition what it makes @param empty of no player @param whole of all
 */
export function shapleyValues(
  coalitions: readonly Coalition[],
  found: ArrayLike<number>,
  empty: number,
  whole: number,
): Float64Array {
  const players = coalitions[0]?.members.length ?? 0;
  const unknowns = players - 1;
  const [matrix, right] = [new Float64Array(unknowns * unknowns), new Float64Array(unknowns)];
  coalitions.forEach(({ members, weight }, at) => {
    const last = members[unknowns] as number;
    const rest = (found[at] as number) - empty - last * (whole - empty);
    // All values of a row are 0 but those of players that differ from the last one, which are all 1 or all −1.
    const differing = [...members.subarray(0, unknowns).entries()].flatMap(([i, member]) =>
      member === last ? [] : [i],
    );
    for (const i of differing) {
      right[i] = (right[i] as number) + weight * (last === 1 ? -rest : rest);
      for (const j of differing) matrix[i * unknowns + j] = (matrix[i * unknowns + j] as number) + weight;
    }
  });
  const values = new Float64Array(players);
  values.set(solvePositiveDefinite(matrix, right));
  values[unknowns] = whole - empty - values.reduce((a, b) => a + b, 0);
  return values;
}

/** A share of a request's items, for one of several processes: they are disjoint, and together all of them. */
import * as z from 'zod/mini';

/** More would each start an engine for next to nothing. */
export const MOST_SHARDS = 10_000;

const whole = z.int().check(z.gte(1), z.lte(MOST_SHARDS));

/** The `index`-th of `of`, from 1. */
export const shardSchema = z
  .strictObject({ index: whole, of: whole })
  .check(z.refine(({ index, of }) => index <= of, 'a shard beyond the last one'));
export type Shard = z.output<typeof shardSchema>;

/** How far a shard is with its share. */
export const shareSchema = z.object({
  /** Items of its share that are there by now, and how many of these were before. */
  done: z.int().check(z.gte(0)),
  kept: z.int().check(z.gte(0)),
  /** Items of the whole request. */
  of: z.int().check(z.gte(0)),
});
export type Share = z.output<typeof shareSchema>;

/**
 * The share of a shard: neighbours, so that few checkpoints are loaded by each. Of fewer units than shards some get none.
 * @param units what is computed together and so is not divided, all of the request's, whether they are kept or not
 */
export function unitsOf<T>(units: readonly T[], shard: Shard | undefined): readonly T[] {
  if (shard === undefined) return units;
  const end = (index: number): number => Math.floor((index * units.length) / shard.of);
  return units.slice(end(shard.index - 1), end(shard.index));
}

/** "2/4" */
export function shardText({ index, of }: Shard): string {
  return `${index}/${of}`;
}

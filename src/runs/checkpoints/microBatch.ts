/** In which parts a run's batches were computed, where not at once, and what is to be said of it. */
import * as z from 'zod';

/** Kept with the run: what batch norm sees, and so all numbers, depends on it. */
export const microBatchSchema = z.object({
  /** Images in the largest part. */
  size: z.int().min(1),
  /** Images in a batch: of a small data set fewer than the study says. */
  of: z.int().min(1),
  /** Whether the study says so, or there was too little memory for more. */
  reason: z.enum(['study', 'memory']),
  /** What a whole batch was estimated to take. */
  neededBytes: z.number(),
  /** Null where it was not known. */
  freeBytes: z.number().nullable(),
  /** To be read after the amount, such as "are free". */
  freeWords: z.string(),
});
export type MicroBatch = z.output<typeof microBatchSchema>;

/**
 * Wu and He 2018, "Group Normalization", table 2: with batch norm a ResNet-50's error on ImageNet is 23.6 % and 23.7 %
 * at 32 and 16 images a part, then 24.8 % at 8, 27.3 % at 4 and 34.7 % at 2.
 */
const FEWEST_WITHOUT_LOSS = 16;

/** "Batches of 128 are computed in 4 parts of 32: …" */
export function microBatchText(parts: MicroBatch): string {
  const small =
    smallestPart(parts) >= FEWEST_WITHOUT_LOSS
      ? ''
      : `; of fewer than ${FEWEST_WITHOUT_LOSS} images these are noisy, and accuracy is mostly lower (Wu and He 2018)`;
  return (
    `Batches of ${parts.of} are computed in ${partsText(parts)}${reasonText(parts)}. ` +
    `Gradients are added up, so that a step is still that of the whole batch, but batch norm normalises each part by its own statistics${small}.`
  );
}

/** "4 parts of 32", "5 parts of 25 or 26" */
export function partsText(parts: MicroBatch): string {
  const smallest = smallestPart(parts);
  return `${partCount(parts)} parts of ${smallest === parts.size ? '' : `${smallest} or `}${parts.size}`;
}

function reasonText({ reason, neededBytes, freeBytes, freeWords }: MicroBatch): string {
  if (reason === 'study') return ', as training.microBatchSize says';
  const free = freeBytes === null ? '' : `, and ${memoryText(freeBytes)} ${freeWords}`;
  return `: at once one would take about ${memoryText(neededBytes)}${free}`;
}

/** "1.9 GB", "640 MB" */
export function memoryText(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(0)} MB`;
}

function partCount({ size, of }: MicroBatch): number {
  return Math.ceil(of / size);
}

/** Parts are as equal as can be. */
function smallestPart(parts: MicroBatch): number {
  return Math.floor(parts.of / partCount(parts));
}

/** How alike two maps of an image are, and of many images on average. */
import * as z from 'zod/mini';
import type { FloatMap } from '../../imaging/heatmap';
import { meanOf, type Estimate, type Resampler } from '../../statistics';
import { isFlatMap } from '../drift/movement';
import { compareMaps } from '../similarity/heatmaps';
import { spearman } from '../similarity/spearman';
import type { Agreement } from './numbers';

/** In the order of tables. */
export const AGREEMENT_MEASURES = [
  { key: 'signed', name: 'Spearman before ReLU', short: 'ρ signed' },
  { key: 'spearman', name: 'Spearman', short: 'ρ' },
  { key: 'topOverlap', name: 'top-20 % overlap', short: 'top 20 %' },
  { key: 'ssim', name: 'SSIM', short: 'SSIM' },
] as const;
export type AgreementKey = (typeof AGREEMENT_MEASURES)[number]['key'];

/** Null where it cannot be said, as of a map that is the same everywhere. */
export type ImageAgreement = Readonly<Record<AgreementKey, number | null>>;

const values = z.array(z.nullable(z.number()));
/** Of each image, in order. */
export const agreementsSchema = z.object({ signed: values, spearman: values, topOverlap: values, ssim: values });
export type Agreements = z.output<typeof agreementsSchema>;

/**
 * @param a @param b of the same size, before ReLU
 * @param rectified whether the published maps keep positive values only
 */
export function agreementOf(a: FloatMap, b: FloatMap, rectified: boolean): ImageAgreement {
  const isFlat = isFlatMap(a) || isFlatMap(b);
  const { spearman: rank, topOverlap, ssim } = compareMaps(published(a, rectified), published(b, rectified));
  return { signed: isFlat ? null : (spearman(a.values, b.values) ?? null), spearman: rank, topOverlap, ssim };
}

function published({ height, width, values: signed }: FloatMap, rectified: boolean): FloatMap {
  return { height, width, values: rectified ? Float32Array.from(signed, (value) => Math.max(0, value)) : signed };
}

export function agreementsOf(images: readonly ImageAgreement[]): Agreements {
  return ofEach(({ key }) => images.map((image) => image[key]));
}

/** Of several draws: each image's mean over those of which it has a value. */
export function meanOverDraws(draws: readonly Agreements[]): Agreements {
  return ofEach(({ key }) =>
    (draws[0]?.[key] ?? []).map((_, image) => {
      const known = draws.map((draw) => draw[key][image] ?? null).filter((value) => value !== null);
      return known.length === 0 ? null : meanOf(known);
    }),
  );
}

/** Means over images, with their intervals. */
export function summarise(agreements: Agreements, resampler: Resampler): Agreement {
  const { spearman: ofPublished } = agreements;
  return {
    ...ofEach(({ key }) => estimateOf(agreements[key], resampler)),
    compared: ofPublished.filter((value) => value !== null).length,
    of: ofPublished.length,
  };
}

/** How much larger `a` is than `b`, image by image, where both are known. */
export function differenceOf(a: Agreements['signed'], b: Agreements['signed'], resampler: Resampler): Estimate | null {
  const differences = a.map((value, image) => {
    const other = b[image] ?? null;
    return value === null || other === null ? null : value - other;
  });
  return estimateOf(differences, resampler);
}

function estimateOf(values: readonly (number | null)[], resampler: Resampler): Estimate | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : resampler.estimate(known);
}

function ofEach<T>(valueOf: (measure: (typeof AGREEMENT_MEASURES)[number]) => T): Record<AgreementKey, T> {
  return Object.fromEntries(AGREEMENT_MEASURES.map((measure) => [measure.key, valueOf(measure)])) as Record<
    AgreementKey,
    T
  >;
}

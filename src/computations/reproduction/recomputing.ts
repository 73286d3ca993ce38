/** How a kept result is computed again, whatever its kind. */
import { endianness } from 'node:os';
import * as z from 'zod';
import { DEFAULT_METHOD, methodOfKey } from '../../explanations';
import type { AboutResult } from '../../runs';
import { type Explained, explainedLayer } from '../heatmaps/explained';
import type { MapsOf } from '../heatmaps/mapsOf';
import { type Basis, SkippedError } from './basis';

/** A kept result, and what it says that it was computed from. */
export interface KeptToRecompute {
  readonly inputs: unknown;
  readonly about: AboutResult;
  readonly value: unknown;
}

export interface Recomputed {
  /** "heatmaps of test:3 at epoch 5, Grad-CAM at layer layer3.2" */
  readonly of: string;
  /** 0 where all is equal to the bit: see compare.ts. */
  readonly difference: number;
  /** Whether it was computed in the same batches as what was kept: rounding is then the same. */
  readonly sameBatches: boolean;
}

export type Recompute = (basis: Basis, kept: KeptToRecompute) => Promise<Recomputed>;

export const goOn = (): Promise<void> => Promise.resolve();

/** What results say of themselves beside their inputs. */
const markSchema = z.object({ method: z.string().optional(), byteOrder: z.string().default(endianness()) });

/** @param method the one of this version, where the kind has any; null where it names an explanation method */
export function recomputing<I extends { architecture: string; input: unknown }>(
  schema: z.ZodType<I>,
  method: string | undefined | null,
  recompute: (basis: Basis, asked: I, kept: Pick<KeptToRecompute, 'about' | 'value'>) => Promise<Recomputed>,
): Recompute {
  return async (basis, { inputs, ...kept }) => {
    const asked = schema.parse(inputs);
    const found = markSchema.parse(inputs);
    if (method !== null && found.method !== method)
      throw new SkippedError(`it was computed by “${found.method ?? ''}”, and this version has “${method ?? ''}”`);
    if (found.byteOrder !== endianness()) throw new SkippedError('it was kept by a machine of another byte order');
    basis.check(asked);
    return recompute(basis, asked, kept);
  };
}

/** What a result's heatmaps were of. @param key absent of a result that is older than the choice of a method */
export function mapsOf({ model, input }: Basis, layer: string, key: Parameters<typeof methodOfKey>[0] = FIRST): MapsOf {
  const method = methodOfKey(key);
  if (method === undefined)
    throw new SkippedError(`its heatmaps are by “${key.method}”, which this version does not have`);
  return { model, input, method, targetLayer: explainedLayer(model, method, layer) };
}

export function explainedText({ method: { method }, targetLayer }: Explained): string {
  return `${method.name} at layer ${targetLayer.name}`;
}

const FIRST = { method: `${DEFAULT_METHOD} 1` };

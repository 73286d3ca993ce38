/** What computes in this process: kept results say it, as another engine or version gives other last digits. */
import packageJson from '../../package.json';
import type { AboutResult } from '../runs';
import type { Engine } from '../engine/engine';
import { ENGINES } from '../engine/engines';
import { runningEngine } from '../engine/running';
import { inferenceBatchSize } from '../models/memory/inference';
import type { Model } from '../models/model';

export type MadeBy = NonNullable<AboutResult['by']>;

/** Whether this very version of a reproducible engine made a result: it then computes the same bits. */
export function madeByThis(by: MadeBy | undefined, { name, version }: Pick<Engine, 'name' | 'version'>): boolean {
  return (
    ENGINES[name].reproducible &&
    by !== undefined &&
    by.engine === name &&
    by.version === version &&
    by.epochlens === packageJson.version
  );
}

/** Whether the same version of the same engine made both: numbers of others may not be put together. */
export function isSameMaker(one: MadeBy | undefined, other: MadeBy | undefined): boolean {
  return (
    one !== undefined &&
    one.engine === other?.engine &&
    one.version === other.version &&
    one.epochlens === other.epochlens
  );
}

/** What is to be kept with a result that was computed just now. */
export function aboutNow(): Pick<AboutResult, 'by'> {
  const engine = runningEngine();
  if (engine === undefined) return {};
  return { by: { engine: engine.name, version: engine.version, epochlens: packageJson.version } };
}

/** The same of what is computed in batches as large as memory allows. */
export function aboutBatchesNow(model: Model): Pick<AboutResult, 'by' | 'batch'> {
  return { ...aboutNow(), batch: { size: inferenceBatchSize(model) } };
}

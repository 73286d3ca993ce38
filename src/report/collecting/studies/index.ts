/** The studies of trust: what is kept of each, and what is computed of those that are asked for. */
import { InputError } from '../../../common/errors';
import { hasResults } from '../../../runs';
import type { ReportStudy, StudiesContent } from '../../studies';
import { NotComputedError } from '../request';
import { collectAgreement } from './agreement';
import type { Asked } from './asked';
import { collectAttacks } from './attacks';
import { collectBenchmark } from './benchmark';
import { collectCalibration } from './calibration';
import { collectFaithfulness } from './faithfulness';
import { collectLocalisation } from './localisation';
import { collectSanity } from './sanity';

type Collect<S extends ReportStudy> = (asked: Asked) => Promise<StudiesContent[S] | undefined>;

/**
 * @param computing may compute @param keeping may not
 * @param wanted those that are computed where they are not kept
 */
export async function collectStudies(
  computing: Asked,
  keeping: Asked,
  wanted: readonly ReportStudy[],
): Promise<StudiesContent> {
  const { folder } = keeping.run;
  async function collect<S extends ReportStudy>(study: S, of: Collect<S>): Promise<StudiesContent[S] | undefined> {
    if (wanted.includes(study)) return of(computing);
    // Calibration is of the logits that other studies keep, and benchmarks are of predictions.
    if (!['calibration', 'benchmark'].includes(study) && !(await hasResults(folder, study))) return undefined;
    return orNothing(() => of(keeping));
  }
  const found: { -readonly [S in keyof StudiesContent]: StudiesContent[S] | undefined } = {
    faithfulness: await collect('faithfulness', collectFaithfulness),
    sanity: await collect('sanity', collectSanity),
    localisation: await collect('localisation', collectLocalisation),
    agreement: await collect('agreement', collectAgreement),
    calibration: await collect('calibration', collectCalibration),
    benchmark: await collect('benchmark', collectBenchmark),
    attacks: await collect('attacks', collectAttacks),
  };
  return Object.fromEntries(Object.entries(found).filter(([, content]) => content !== undefined));
}

/** What nobody asked for, and what these data cannot have, such as mosaics of one class, is not there. */
async function orNothing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotComputedError || error instanceof InputError) return undefined;
    throw error;
  }
}

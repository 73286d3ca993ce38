/** The run of an MLflow server that stands for a run here: found by a tag, or made. */
import * as z from 'zod';
import type { Run } from '../../runs';
import { identityTold } from '../settings';
import { cutTo, MOST } from './names';
import { RefusedError, type Ask } from './rest';

/** By it a run is found again, whoever sent it first. */
const OWN_TAG = 'epochlens.identity';

const keyValue = z.object({ key: z.string(), value: z.unknown() });
const list = z.array(keyValue).default([]);
const runSchema = z.object({
  info: z.object({ run_id: z.string().min(1) }),
  data: z.object({ metrics: list, params: list }).prefault({}),
});
const experimentSchema = z.object({ experiment: z.object({ experiment_id: z.string().min(1) }) });

export interface MlflowRun {
  readonly experimentId: string;
  readonly id: string;
  /** The names of what it has already. */
  readonly params: ReadonlySet<string>;
  readonly metrics: readonly string[];
}

/** @throws RefusedError, WorkError, CancelledError */
export async function findOrMake(ask: Ask, run: Run, experiment: string, name: string): Promise<MlflowRun> {
  const experimentId = await experimentCalled(ask, experiment);
  const identity = searchable(`${run.id} ${run.manifest.createdAt}`);
  const { runs } = await ask(
    'POST',
    'runs/search',
    { experiment_ids: [experimentId], filter: `tags.\`${OWN_TAG}\` = '${identity}'`, max_results: 1 },
    z.object({ runs: z.array(runSchema).default([]) }),
  );
  const [found] = runs;
  if (found !== undefined) {
    return {
      experimentId,
      id: found.info.run_id,
      params: new Set(found.data.params.map(({ key }) => key)),
      metrics: found.data.metrics.map(({ key }) => key),
    };
  }
  const tags = Object.entries(identityTold(run)).map(([key, value]) => ({
    key: `epochlens.${key}`,
    value: cutTo(value, MOST.tag),
  }));
  const commit = run.manifest.git?.commit;
  const made = await ask(
    'POST',
    'runs/create',
    {
      experiment_id: experimentId,
      run_name: name,
      start_time: Date.parse(run.manifest.createdAt),
      tags: [
        { key: OWN_TAG, value: identity },
        ...tags,
        ...(commit === undefined ? [] : [{ key: 'mlflow.source.git.commit', value: commit }]),
      ],
    },
    z.object({ run: runSchema }),
  );
  return { experimentId, id: made.run.info.run_id, params: new Set(), metrics: [] };
}

/**
 * MLflow's filters have no way to write a quote within quotes (`SearchUtils._strip_quotes` takes the ends off and nothing
 * else), and a backslash may hide one: these, and "%", stand as they do in an address. A folder's name rarely has one.
 */
export function searchable(text: string): string {
  return text.replace(/['"`\\%]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

async function experimentCalled(ask: Ask, name: string): Promise<string> {
  const byName = async (): Promise<string> =>
    (await ask('GET', 'experiments/get-by-name', { experiment_name: name }, experimentSchema)).experiment.experiment_id;
  try {
    return await byName();
  } catch (error) {
    if (!(error instanceof RefusedError) || error.code !== 'RESOURCE_DOES_NOT_EXIST') throw error;
  }
  try {
    const made = await ask('POST', 'experiments/create', { name }, z.object({ experiment_id: z.string().min(1) }));
    return made.experiment_id;
  } catch (error) {
    // Another one made it in between.
    if (!(error instanceof RefusedError) || error.code !== 'RESOURCE_ALREADY_EXISTS') throw error;
    return byName();
  }
}

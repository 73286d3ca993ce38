/** Sends what is known of a run to an MLflow server: what that has already is not sent again. */
import * as z from 'zod';
import { effectiveState, readStatus, type Run } from '../../runs';
import { numbersOf, type RunNumbersTold } from '../numbers';
import { settingsTold } from '../settings';
import { findOrMake, type MlflowRun } from './mlflowRun';
import { cutTo, inParts, mlflowNames, MOST } from './names';
import { createAsk, type Ask } from './rest';
import type { MlflowServer } from './server';

export interface Metric {
  readonly key: string;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly step: number;
}

export interface Sent {
  readonly experimentId: string;
  readonly runId: string;
  /** How many were new to the server. */
  readonly metrics: number;
  readonly params: number;
}

export interface MlflowTarget {
  readonly server: MlflowServer;
  readonly experiment: string;
  /** What the run is called there, if it is new. */
  readonly name: string;
}

const whole = z.coerce.number();
const historySchema = z.object({
  metrics: z.array(z.object({ value: z.coerce.number(), timestamp: whole, step: whole.default(0) })).default([]),
  next_page_token: z.string().optional(),
});

/** For one run, as often as there is something new. */
export function createSender(run: Run, { server, experiment, name }: MlflowTarget) {
  /** Undefined before the first time, and after a failure: nobody knows then what came through. */
  let known: { readonly run: MlflowRun; readonly points: Set<string>; params: Set<string> } | undefined;

  async function connect(ask: Ask): Promise<NonNullable<typeof known>> {
    const found = await findOrMake(ask, run, experiment, name);
    const points = new Set<string>();
    for (const key of found.metrics)
      for (const metric of await history(ask, found.id, key)) points.add(pointOf(metric));
    return { run: found, points, params: new Set(found.params) };
  }

  return {
    /** @throws WorkError where the server does not answer or refuses; CancelledError */
    async send(signal: AbortSignal): Promise<Sent> {
      const ask = createAsk(server, signal);
      const numbers = await numbersOf(run);
      const there = known ?? (await connect(ask));
      known = undefined;
      const { id: run_id, experimentId } = there.run;
      const params = paramsOf(run).filter(({ key }) => !there.params.has(key));
      for (const part of inParts(params, MOST.params)) await logBatch(ask, { run_id, params: part });
      params.forEach(({ key }) => there.params.add(key));
      const metrics = metricsOf(numbers).filter((metric) => !there.points.has(pointOf(metric)));
      for (const part of inParts(metrics, MOST.metrics)) await logBatch(ask, { run_id, metrics: part });
      metrics.forEach((metric) => there.points.add(pointOf(metric)));
      await ask('POST', 'runs/update', { run_id, ...(await statusOf(run, numbers)) }, z.unknown());
      known = there;
      return { experimentId, runId: run_id, metrics: metrics.length, params: params.length };
    },
  };
}

async function logBatch(
  ask: Ask,
  batch: { run_id: string; params?: readonly unknown[]; metrics?: readonly unknown[] },
): Promise<void> {
  await ask('POST', 'runs/log-batch', batch, z.unknown());
}

/** Without its time: steps that a resumed training does again end at other times with the same numbers. */
function pointOf({ key, step, value }: Metric): string {
  return `${key}\n${step} ${value}`;
}

async function history(ask: Ask, runId: string, key: string): Promise<Metric[]> {
  const all: Metric[] = [];
  let token: string | undefined;
  do {
    const page = { run_id: runId, metric_key: key, max_results: 20_000, ...(token && { page_token: token }) };
    const { metrics, next_page_token } = await ask('GET', 'metrics/get-history', page, historySchema);
    for (const metric of metrics) all.push({ key, ...metric });
    token = next_page_token;
  } while (token);
  return all;
}

function paramsOf(run: Run): { readonly key: string; readonly value: string }[] {
  const settings = settingsTold(run);
  const names = mlflowNames(Object.keys(settings));
  return Object.entries(settings).map(([name, value]) => {
    return { key: names.get(name) ?? name, value: cutTo(String(value), MOST.param) };
  });
}

/** Each epoch's and each step's, and what is of the whole run at its last epoch. */
function metricsOf({ told, single, timeOf }: RunNumbersTold): Metric[] {
  const last = told.reduce((most, { tag, step }) => (tag.startsWith('steps/') ? most : Math.max(most, step)), 0);
  const ofRun = Object.entries(single).map(([tag, value]) => ({ tag, value, step: last, wallTime: timeOf(last) }));
  const all = [...told, ...ofRun];
  const names = mlflowNames(all.map(({ tag }) => tag));
  return all.map(({ tag, value, step, wallTime }) => {
    return { key: names.get(tag) ?? tag, value, step, timestamp: Math.round(1000 * wallTime) };
  });
}

const STATUS: Readonly<Record<string, string>> = {
  training: 'RUNNING',
  finished: 'FINISHED',
  failed: 'FAILED',
  cancelled: 'KILLED',
  interrupted: 'KILLED',
};

async function statusOf(run: Run, { timeOf }: RunNumbersTold): Promise<{ status: string; end_time?: number }> {
  const state = await readStatus(run.folder);
  const status =
    run.manifest.imported === undefined ? STATUS[state ? effectiveState(state) : 'interrupted'] : 'FINISHED';
  if (status === 'RUNNING' || status === undefined) return { status: 'RUNNING' };
  return { status, end_time: Math.round(1000 * timeOf(Infinity)) };
}

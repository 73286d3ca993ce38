/**
 * An MLflow tracking server for tests, as far as a run needs one. It refuses what MLflow's own refuses, by the rules and limits
 * of mlflow/utils/validation.py and the REST documentation.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

const name = z
  .string()
  .regex(/^[/\w.\- ]+$/)
  .max(250)
  .refine((text) => !/^\/|\/\/|\/$|(^|\/)\.{1,2}(\/|$)/.test(text));
const milliseconds = z.int().min(1_000_000_000_000);
const metric = z.strictObject({ key: name, value: z.number(), timestamp: milliseconds, step: z.int() });
const param = z.strictObject({ key: name, value: z.string().max(6000) });
const tag = z.strictObject({ key: name, value: z.string().max(5000) });
const create = z.strictObject({
  experiment_id: z.string(),
  run_name: z.string(),
  start_time: milliseconds,
  tags: z.array(tag),
});
const batch = z.strictObject({
  run_id: z.string(),
  metrics: z.array(metric).max(1000).default([]),
  params: z.array(param).max(100).default([]),
});
const update = z.strictObject({
  run_id: z.string(),
  status: z.enum(['RUNNING', 'FINISHED', 'FAILED', 'KILLED']),
  end_time: milliseconds.optional(),
});
const search = z.strictObject({
  experiment_ids: z.array(z.string()),
  filter: z.string(),
  max_results: z.int().min(1).max(50_000),
});

export interface TestRun {
  readonly id: string;
  readonly experiment: string;
  readonly tags: Record<string, string>;
  readonly params: Record<string, string>;
  readonly metrics: z.output<typeof metric>[];
  readonly statuses: string[];
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export async function startMlflow({ redirect, token }: { redirect?: string; token?: string } = {}) {
  const experiments: string[] = [];
  const runs: TestRun[] = [];
  const requests: { readonly path: string; readonly authorization: string | undefined }[] = [];
  const wrong: string[] = [];

  const runOf = (id: string | null): TestRun => {
    const run = runs.find((each) => each.id === id);
    if (run === undefined) throw new Refusal(404, 'RESOURCE_DOES_NOT_EXIST', `Run '${String(id)}' not found`);
    return run;
  };
  const shown = ({ id, metrics, params }: TestRun) => ({
    info: { run_id: id },
    data: {
      metrics: [...new Map(metrics.map((each) => [each.key, each])).values()],
      params: Object.entries(params).map(([key, value]) => ({ key, value })),
    },
  });

  function answer(path: string, query: URLSearchParams, body: unknown): unknown {
    switch (path) {
      case 'GET experiments/get-by-name': {
        const at = experiments.indexOf(query.get('experiment_name') ?? '');
        if (at === -1) throw new Refusal(404, 'RESOURCE_DOES_NOT_EXIST', 'Could not find experiment');
        return { experiment: { experiment_id: String(at) } };
      }
      case 'POST experiments/create':
        return { experiment_id: String(experiments.push(z.strictObject({ name: z.string() }).parse(body).name) - 1) };
      case 'POST runs/search': {
        const { filter, experiment_ids: ids } = search.parse(body);
        const [, key, value] = /^tags\.`([^`]+)` = '([^'\\]*)'$/.exec(filter) ?? [];
        if (key === undefined) throw new Refusal(400, 'INVALID_PARAMETER_VALUE', `Invalid filter ${filter}`);
        const found = runs.filter(({ tags, experiment }) => ids.includes(experiment) && tags[key] === value);
        return found.length === 0 ? {} : { runs: found.map(shown) };
      }
      case 'POST runs/create': {
        const { tags, experiment_id: experiment } = create.parse(body);
        const named = Object.fromEntries(tags.map((each) => [each.key, each.value]));
        const run = { id: `run${runs.length}`, experiment, tags: named, params: {}, metrics: [], statuses: [] };
        runs.push(run);
        return { run: shown(run) };
      }
      case 'POST runs/log-batch': {
        const { run_id, metrics, params } = batch.parse(body);
        const run = runOf(run_id);
        run.metrics.push(...metrics);
        for (const each of params) {
          if ((run.params[each.key] ?? each.value) !== each.value)
            throw new Refusal(400, 'INVALID_PARAMETER_VALUE', 'Changing param values is not allowed');
          run.params[each.key] = each.value;
        }
        return {};
      }
      case 'POST runs/update': {
        const { run_id, status } = update.parse(body);
        runOf(run_id).statuses.push(status);
        return {};
      }
      case 'GET metrics/get-history': {
        // In pages of two, as a client must be ready for.
        const all = runOf(query.get('run_id')).metrics.filter(({ key }) => key === query.get('metric_key'));
        const from = Number(query.get('page_token') ?? 0);
        const more = from + 2 < all.length ? { next_page_token: String(from + 2) } : {};
        return { metrics: all.slice(from, from + 2), ...more };
      }
      default:
        throw new Refusal(404, 'ENDPOINT_NOT_FOUND', path);
    }
  }

  const server = createServer((request, response) => {
    void (async () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
      const path = pathname.replace('/api/2.0/mlflow/', '');
      const { authorization } = request.headers;
      requests.push({ path, authorization });
      const send = (status: number, json: unknown, headers = {}) =>
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
      const text = await textOf(request);
      if (redirect !== undefined) return send(307, {}, { location: redirect });
      if (token !== undefined && authorization !== `Bearer ${token}`)
        return send(401, { error_code: 'UNAUTHENTICATED', message: 'who asks?' });
      try {
        if (text.length > 1_000_000) throw new Refusal(400, 'INVALID_PARAMETER_VALUE', 'more than a million bytes');
        return send(200, answer(`${request.method ?? ''} ${path}`, searchParams, text === '' ? {} : JSON.parse(text)));
      } catch (error) {
        if (error instanceof Refusal) return send(error.status, { error_code: error.code, message: error.message });
        wrong.push(`${path}: ${String(error)}`);
        return send(400, { error_code: 'INVALID_PARAMETER_VALUE', message: String(error) });
      }
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, experiments, runs, requests, wrong, close: () => closed(server) };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

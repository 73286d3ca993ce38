/** Questions to MLflow's REST interface, version 2.0, and what it answers. */
import * as z from 'zod';
import { CancelledError, messageOf, WorkError } from '../../common/errors';
import { dispatcherFor } from '../../download/proxy';
import type { MlflowServer } from './server';

const TIMEOUT_MILLISECONDS = 10_000;
const MOST_BYTES = 16_000_000;

/** The server's own word for why it refuses. */
export class RefusedError extends WorkError {
  constructor(
    readonly code: string,
    ...problem: ConstructorParameters<typeof WorkError>
  ) {
    super(...problem);
  }
}

const errorSchema = z.object({ error_code: z.string(), message: z.string().default('') });

export type Ask = <T>(
  method: 'GET' | 'POST',
  path: string,
  fields: Readonly<Record<string, unknown>>,
  answer: z.ZodType<T>,
) => Promise<T>;

/**
 * Asks one server, following no redirect: what is sent, and who sends it, is for that server alone.
 * @throws RefusedError where it says no; WorkError where it does not answer, or something else; CancelledError
 */
export function createAsk(server: MlflowServer, signal: AbortSignal): Ask {
  const { address, headers } = server;
  const failure = (found: string, cause?: unknown) =>
    new WorkError('the MLflow server does not answer', { file: address, found }, { cause });

  async function send(method: 'GET' | 'POST', url: URL, body: string | undefined) {
    const { request } = await import('undici');
    const dispatcher = await dispatcherFor(url);
    try {
      const response = await request(url, {
        method,
        dispatcher,
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MILLISECONDS)]),
        headers: {
          'user-agent': 'epochlens',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body }),
      });
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of response.body as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > MOST_BYTES) throw failure(`an answer of more than ${MOST_BYTES / 1e6} MB`);
        chunks.push(chunk);
      }
      return { status: response.statusCode, text: Buffer.concat(chunks).toString('utf8') };
    } catch (error) {
      if (signal.aborted) throw new CancelledError();
      if (error instanceof WorkError) throw error;
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      throw failure(isLate ? `nothing for ${TIMEOUT_MILLISECONDS / 1000} s` : messageOf(error), error);
    } finally {
      void dispatcher.destroy();
    }
  }

  return async (method, path, fields, answer) => {
    const url = new URL(`${address}/api/2.0/mlflow/${path}`);
    if (method === 'GET') for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, String(value));
    const { status, text } = await send(method, url, method === 'POST' ? JSON.stringify(fields) : undefined);
    const json = parsed(text);
    if (status === 200) {
      const { data } = answer.safeParse(json);
      if (data !== undefined) return data;
      throw failure(`something else than MLflow answers at ${path}`);
    }
    const { data: refusal } = errorSchema.safeParse(json);
    const found = `HTTP ${status}${refusal === undefined ? '' : `, ${refusal.error_code}: ${refusal.message}`}`;
    throw new RefusedError(refusal?.error_code ?? '', `the MLflow server refuses ${path}`, {
      file: address,
      found,
      ...adviceOf(status, server),
    });
  };
}

function adviceOf(status: number, { headers, keepsCredentials }: MlflowServer): { advice?: string } {
  if (status >= 300 && status < 400)
    return { advice: 'Redirects are not followed: name the address that it leads to.' };
  if (status !== 401 && status !== 403) return {};
  if (keepsCredentials)
    return {
      advice: 'Credentials go only to the server that MLFLOW_TRACKING_URI names: set it to this one, if you trust it.',
    };
  const names = 'MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD';
  return {
    advice:
      headers['authorization'] === undefined
        ? `Set ${names}, and MLFLOW_TRACKING_URI.`
        : `It does not take those that the environment has as ${names}.`,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

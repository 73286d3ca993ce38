/** The installer's process as the editor runs it: the built one, with a host that never finishes. */
import { readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CancelledError, WorkError } from '../../src/common/errors';
import { runSetup } from '../../src/extension/setup/setupProcess';
import { dist, temporaryFolder } from './cli';

const program = join(dist, 'setup.js');
let server: Server;
let env: NodeJS.ProcessEnv;
let cache: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    if (request.method === 'HEAD') response.end();
    else response.write('some');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cache = await temporaryFolder();
  const host = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  env = { EPOCHLENS_CACHE: cache, TFJS_NODE_CDN_STORAGE: host, EPOCHLENS_NATIVE: undefined };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('tells its progress, and leaves nothing behind when it is cancelled', async () => {
  const cancel = new AbortController();
  const seen: string[] = [];
  const running = runSetup(program, {
    signal: cancel.signal,
    env,
    progress: ({ text }) => {
      seen.push(text);
      if (text.startsWith('downloading')) cancel.abort();
    },
  });
  await expect(running).rejects.toThrow(CancelledError);
  expect(seen.some((text) => text.startsWith('downloading http://127.0.0.1'))).toBe(true);
  expect(await readdir(join(cache, 'native'))).toEqual([]);
});

it('tells why there is no engine', async () => {
  const options = { signal: new AbortController().signal, progress: () => undefined };
  const { native, failures } = await runSetup(program, { ...options, env: { ...env, EPOCHLENS_NATIVE: 'off' } });
  expect(native).toBeUndefined();
  expect(failures[0]?.reason).toContain('EPOCHLENS_NATIVE');
});

it('fails where the program is missing', async () => {
  const options = { signal: new AbortController().signal, env, progress: () => undefined };
  await expect(runSetup(join(cache, 'none.js'), options)).rejects.toThrow(WorkError);
});

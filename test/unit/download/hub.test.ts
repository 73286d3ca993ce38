/** The hub's cache, and fetching into it, against a server of our own that answers as the hub does. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hubCache } from '../../../src/download/hub/cache';
import { hubFile } from '../../../src/download/hub/fetch';
import type { Patience } from '../../../src/download/source';
import { breakOff, give, serve, type BadServer } from './server';

const BYTES = randomBytes(50_000);
const HASH = createHash('sha256').update(BYTES).digest('hex');
const COMMIT = 'c0ffee'.padEnd(40, '0');
const WANTED = { repository: 'timm/some_model.a1', file: 'model.safetensors' };
const QUICK: Patience = { connect: 2000, stall: 2000, attempts: 2, pause: 1 };
const VARIABLES = ['HF_HOME', 'HF_HUB_CACHE', 'HF_ENDPOINT', 'HF_TOKEN', 'HF_HUB_OFFLINE'];

let home: string;
let model: string;
let servers: BadServer[];
let before: (string | undefined)[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'epochlens-hub-'));
  before = VARIABLES.map((name) => process.env[name]);
  for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
  process.env['HF_HOME'] = home;
  model = join(home, 'hub', 'models--timm--some_model.a1');
  servers = [];
});
afterEach(async () => {
  VARIABLES.forEach((name, index) => {
    if (before[index] === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before[index];
  });
  for (const server of servers) server.close();
  await rm(home, { recursive: true });
});

async function start(answer: RequestListener): Promise<BadServer> {
  const server = await serve(answer);
  servers.push(server);
  process.env['HF_ENDPOINT'] = `${server.origin}/`;
  return server;
}

/** The hub: a HEAD says what the file is, and both redirect to a store on another host. */
async function startHub(store: RequestListener = (request, response) => give(request, response, BYTES)) {
  const files = await start(store);
  const hub = await start((request, response) => {
    if (request.url !== '/timm/some_model.a1/resolve/main/model.safetensors') response.writeHead(404).end();
    else {
      response.writeHead(302, {
        location: `${files.origin}/blob?signed`,
        'x-repo-commit': COMMIT,
        'x-linked-etag': `"${HASH}"`,
        'x-linked-size': String(BYTES.length),
        'content-length': '11',
      });
      response.end(request.method === 'HEAD' ? undefined : 'see there..');
    }
  });
  return { hub, files };
}

const failure = async (): Promise<string> =>
  hubFile(WANTED, {}, QUICK).then(
    () => 'it worked',
    (error: unknown) => (error as Error).message,
  );

describe('a file of the hub', () => {
  it('is fetched once, into the layout of the hub’s own client', async () => {
    process.env['HF_TOKEN'] = 'hf_secret';
    const { hub, files } = await startHub();
    const path = await hubFile(WANTED, {}, QUICK);
    expect(path).toBe(join(model, 'snapshots', COMMIT, 'model.safetensors'));
    expect((await readFile(path)).equals(BYTES)).toBe(true);
    expect(await readlink(path)).toBe(join('..', '..', 'blobs', HASH));
    expect(await readFile(join(model, 'refs', 'main'), 'utf8')).toBe(COMMIT);
    expect(await readdir(join(model, 'blobs'))).toEqual([HASH]);
    expect(await readdir(join(model, 'snapshots', COMMIT))).toEqual(['model.safetensors']);
    expect(hub.asked.map(({ method, headers }) => [method, headers.authorization])).toEqual([
      ['HEAD', 'Bearer hf_secret'],
      ['GET', 'Bearer hf_secret'],
    ]);
    expect(files.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    for (const server of [hub, files]) server.close();
    expect(await hubFile(WANTED, {}, QUICK)).toBe(path);
  });

  it('is gone on with after a broken download, by whoever asks next', async () => {
    const { files } = await startHub((request, response) => {
      if (files.asked.length === 1) breakOff(response, BYTES, 100);
      else if (files.asked.length === 2) response.writeHead(404).end();
      else give(request, response, BYTES);
    });
    expect(await failure()).toContain('HTTP 404');
    // A 404 discards what came: the address is no longer that of the file.
    expect(await readdir(join(model, 'blobs'))).toEqual([]);
    const again = await startHub((request, response) => {
      if (again.files.asked.length === 1) breakOff(response, BYTES, 100);
      else if (again.files.asked.length === 2) response.destroy();
      else give(request, response, BYTES);
    });
    expect(await failure()).toMatch(/cannot be reached|broke off/);
    expect(await readdir(join(model, 'blobs'))).toEqual([`${HASH}.incomplete`]);
    await hubFile(WANTED, {}, QUICK);
    expect(again.files.asked.at(-1)?.headers.range).toBe('bytes=100-');
    expect(await readdir(join(model, 'blobs'))).toEqual([HASH]);
  });

  it('is taken from a mirror that is a plain file server', async () => {
    await start((request, response) => give(request, response, BYTES, '"5f3-61a"'));
    const path = await hubFile(WANTED, {}, QUICK);
    expect((await readFile(path)).equals(BYTES)).toBe(true);
    expect(await hubFile(WANTED, {}, QUICK)).toBe(path);
  });

  it('is asked for again where the hub is busy', async () => {
    const server = await start((request, response) => {
      if (server.asked.length === 1) response.writeHead(429, { 'retry-after': '0' }).end();
      else give(request, response, BYTES, `"${HASH}"`);
    });
    await hubFile(WANTED, {}, QUICK);
    expect(server.asked.map(({ method }) => method)).toEqual(['HEAD', 'HEAD', 'GET']);
  });

  it('cannot name a place out of the cache', async () => {
    await start((request, response) => {
      response.setHeader('x-repo-commit', '../../../../outside');
      give(request, response, BYTES, '"../../../outside/evil"');
    });
    const path = await hubFile(WANTED, {}, QUICK);
    expect(path.startsWith(join(model, 'snapshots'))).toBe(true);
    expect(await readdir(home)).toEqual(['hub']);
    expect(await readdir(join(model, 'blobs'))).toEqual([HASH]);
  });

  it('is found where a person has put it, and a damaged one is fetched anew', async () => {
    await mkdir(join(model, 'snapshots', 'main'), { recursive: true });
    await writeFile(join(model, 'snapshots', 'main', 'model.safetensors'), 'put there');
    expect(await hubFile(WANTED)).toBe(join(model, 'snapshots', 'main', 'model.safetensors'));
    await rm(model, { recursive: true });
    await startHub();
    const path = await hubFile(WANTED, {}, QUICK);
    await writeFile(join(model, 'blobs', HASH), BYTES.subarray(1));
    await hubFile(WANTED, {}, QUICK);
    expect((await readFile(path)).equals(BYTES)).toBe(true);
  });
});

describe('a file that cannot be had', () => {
  it.each<[string, RequestListener, RegExp]>([
    ['403', (_, response) => response.writeHead(403).end(), /refuses access: found HTTP 403/],
    ['404', (_, response) => response.writeHead(404).end(), /has no such file: found HTTP 404/],
    [
      'other bytes',
      (request, response) => give(request, response, randomBytes(BYTES.length), `"${HASH}"`),
      /not the expected one/,
    ],
    [
      'a size past all weights',
      (_, response) => response.writeHead(200, { 'x-linked-size': '1000000000000' }).end(),
      /too large for weights.*found 1000000000000 bytes/,
    ],
  ])('%s: the cache has no part of it, and where to put it is said', async (_, answer, message) => {
    await start(answer);
    const said = await failure();
    expect(said).toMatch(message);
    expect(said).toContain('HF_ENDPOINT');
    expect(said).toContain(join(model, 'snapshots', 'main', 'model.safetensors'));
    expect(await readdir(join(model, 'blobs')).catch(() => [])).toEqual([]);
    expect(await readdir(join(model, 'snapshots')).catch(() => [])).toEqual([]);
  });

  it('nobody listens, or nobody may be asked, or the address is none', async () => {
    const server = await start(() => undefined);
    server.close();
    expect(await failure()).toMatch(/cannot be reached: found .*ECONNREFUSED.*put it at/);
    process.env['HF_HUB_OFFLINE'] = '1';
    expect(await failure()).toMatch(/not in the cache, and HF_HUB_OFFLINE forbids to fetch it\. .*put it at/);
    process.env['HF_ENDPOINT'] = 'hub.example.org';
    expect(await failure()).toMatch(/HF_ENDPOINT is malformed: found "hub\.example\.org"/);
  });
});

it('the cache is where the hub’s own client keeps it', () => {
  expect(hubCache({ HF_HUB_CACHE: '/a', HF_HOME: '/b' })).toBe('/a');
  expect(hubCache({ HF_HOME: '/b' })).toBe(join('/b', 'hub'));
  expect(hubCache({ XDG_CACHE_HOME: '/c' })).toBe(join('/c', 'huggingface', 'hub'));
  expect(hubCache({})).toMatch(/\.cache.huggingface.hub$/);
});

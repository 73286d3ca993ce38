/** The hub's cache, and fetching into it, against a server of our own that answers as the hub does. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hubCache } from '../../../src/download/hub/cache';
import { hubFile } from '../../../src/download/hub/fetch';
import { trustedFile, type HubFile } from '../../../src/download/hub/file';
import { InputError } from '../../../src/common/errors';
import type { Timeouts } from '../../../src/download/source';
import { IMAGENET_ARCHITECTURES, imagenetWeights } from '../../../src/study';
import { breakOff, give, serve, type BadServer } from './server';

const BYTES = randomBytes(50_000);
const HASH = createHash('sha256').update(BYTES).digest('hex');
const COMMIT = 'c0ffee'.padEnd(40, '0');
const WANTED: HubFile = {
  repository: 'timm/some_model.a1',
  file: 'model.safetensors',
  revision: COMMIT,
  bytes: BYTES.length,
  sha256: HASH,
};
const QUICK: Timeouts = { connect: 2000, stall: 2000, attempts: 2, pause: 1 };
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

/** The hub redirects to a store on another host. */
async function startHub(store: RequestListener = (request, response) => give(request, response, BYTES)) {
  const files = await start(store);
  const hub = await start((request, response) => {
    if (request.url !== `/timm/some_model.a1/resolve/${COMMIT}/model.safetensors`) response.writeHead(404).end();
    else response.writeHead(302, { location: `${files.origin}/blob?signed`, 'content-length': 11 }).end('see there..');
  });
  return { hub, files };
}

const failure = async (wanted = WANTED): Promise<string> =>
  hubFile(wanted, {}, QUICK).then(
    () => 'it worked',
    (error: unknown) => (error as Error).message,
  );
const namesIn = (...folder: string[]): Promise<string[]> => readdir(join(model, ...folder)).catch(() => []);

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

  it('is taken from a mirror that is a plain file server and knows no commits', async () => {
    const mirror = await start((request, response) => {
      if (request.url?.includes('/resolve/main/') === true) give(request, response, BYTES, '"5f3-61a"');
      else response.writeHead(404).end();
    });
    const path = await hubFile(WANTED, {}, QUICK);
    expect((await readFile(path)).equals(BYTES)).toBe(true);
    expect(mirror.asked.map(({ url }) => url?.split('/').at(-2))).toEqual([COMMIT, 'main']);
    expect(await hubFile(WANTED, {}, QUICK)).toBe(path);
  });

  it('is asked for again where the hub is busy', async () => {
    const server = await start((request, response) => {
      if (server.asked.length === 1) response.writeHead(429, { 'retry-after': '0' }).end();
      else give(request, response, BYTES);
    });
    await hubFile(WANTED, {}, QUICK);
    expect(server.asked.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it('has its place whatever the server calls it', async () => {
    await start((request, response) => {
      response.setHeader('x-repo-commit', '../../../../outside');
      give(request, response, BYTES, '"../../../outside/evil"');
    });
    expect(await hubFile(WANTED, {}, QUICK)).toBe(join(model, 'snapshots', COMMIT, 'model.safetensors'));
    expect(await readdir(home)).toEqual(['hub']);
    expect(await namesIn('blobs')).toEqual([HASH]);
  });

  it('is read before it is placed: what its reader refuses is not kept', async () => {
    await startHub();
    const seen: string[] = [];
    const check = async (path: string): Promise<void> => {
      seen.push(path);
      expect((await readFile(path)).equals(BYTES)).toBe(true);
      throw new InputError('a header that is no JSON', { file: path, place: 'byte 8' });
    };
    const said = await hubFile(WANTED, { check }, QUICK).catch((error: unknown) => (error as Error).message);
    expect(said).toMatch(/^model\.safetensors, byte 8: the file that came cannot be used: a header that is no JSON/);
    expect(said).not.toContain(seen[0]);
    expect(await namesIn('blobs')).toEqual([]);
    expect(await namesIn('snapshots')).toEqual([]);
  });
});

describe('the hub’s cache, shared with other programs', () => {
  const snapshot = async (commit: string, bytes: Buffer): Promise<string> => {
    await mkdir(join(model, 'snapshots', commit), { recursive: true });
    const path = join(model, 'snapshots', commit, 'model.safetensors');
    await writeFile(path, bytes);
    return path;
  };

  it('the file is found by its content, in any snapshot, and nobody is asked', async () => {
    const byHand = await snapshot('main', BYTES);
    expect(await hubFile(WANTED)).toBe(byHand);
    await rm(model, { recursive: true });
    const newer = await snapshot('f'.repeat(40), BYTES);
    await snapshot('0'.repeat(40), Buffer.from('an older one'));
    expect(await hubFile(WANTED)).toBe(newer);
  });

  it('another commit’s file is left alone, and stays the newest', async () => {
    const newer = await snapshot('f'.repeat(40), Buffer.from('weights of next year'));
    await mkdir(join(model, 'refs'));
    await writeFile(join(model, 'refs', 'main'), 'f'.repeat(40));
    await startHub();
    expect(await hubFile(WANTED, {}, QUICK)).toBe(join(model, 'snapshots', COMMIT, 'model.safetensors'));
    expect(await readFile(newer, 'utf8')).toBe('weights of next year');
    expect(await readFile(join(model, 'refs', 'main'), 'utf8')).toBe('f'.repeat(40));
  });

  it.each([
    ['main', 'version https://git-lfs.github.com/spec/v1\noid sha256:80c4\nsize 46807446\n'],
    [COMMIT, '<!doctype html><title>Sign in</title>'],
  ])('what others put at snapshots/%s in its place is refused by name and stays', async (commit, text) => {
    const path = await snapshot(commit, Buffer.from(text));
    const { hub } = await startHub();
    const said = await failure();
    expect(said).toContain(`found ${text.length} bytes, SHA-256 `);
    expect(said).toContain(`expected ${BYTES.length} bytes, SHA-256 ${HASH}`);
    expect(said).toContain('Remove it, and the published one is fetched');
    expect(said).toContain('EPOCHLENS_IMAGENET_SHA256');
    expect(said).toContain(`(${path})`);
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(hub.asked).toEqual([]);
    await rm(path);
    expect(await failure()).toBe('it worked');
  });

  it.each([
    ['cut', BYTES.subarray(1)],
    ['with a flipped bit', Buffer.concat([Buffer.of(BYTES.readUInt8(0) ^ 1), BYTES.subarray(1)])],
  ])('a file of ours that is no longer what was placed is fetched again, and said to be: %s', async (_, bytes) => {
    await startHub();
    const path = await hubFile(WANTED, {}, QUICK);
    await writeFile(join(model, 'blobs', HASH), bytes);
    const told: string[] = [];
    expect(await hubFile(WANTED, { say: (text) => told.push(text) }, QUICK)).toBe(path);
    expect(told).toEqual([expect.stringMatching(/is no longer what was fetched.*fetched again/)]);
    expect((await readFile(path)).equals(BYTES)).toBe(true);
  });
});

describe('a file that cannot be had', () => {
  const html = Buffer.from('<!doctype html><title>Sign in to the network</title>');
  it.each<[string, RequestListener, RegExp]>([
    ['403', (_, response) => response.writeHead(403).end(), /refuses access: found HTTP 403/],
    ['404', (_, response) => response.writeHead(404).end(), /has no such file: found HTTP 404/],
    ['other bytes', (request, response) => give(request, response, randomBytes(BYTES.length)), /not the expected one/],
    [
      'a size past all weights',
      (_, response) => response.writeHead(200, { 'content-length': '1000000000000' }).end(),
      /wrong length: found 1000000000000 bytes/,
    ],
    [
      'a web page',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html),
      /answers with a web page: found text\/html/,
    ],
    [
      'a web page that says nothing of itself, in chunks',
      (_, response) => {
        response.writeHead(200);
        response.write(html);
        response.end();
      },
      /wrong length: found 52 bytes, expected 50000 bytes/,
    ],
    [
      'an LFS pointer',
      (request, response) => give(request, response, Buffer.from('version https://git-lfs.github.com/spec/v1\n')),
      /wrong length: found 43 bytes, expected 50000 bytes/,
    ],
    [
      'a file without its end',
      (request, response) => give(request, response, BYTES.subarray(0, 40_000)),
      /wrong length: found 40000 bytes, expected 50000 bytes/,
    ],
  ])('%s: the cache has no part of it, and what to do is said, at once', async (_, answer, message) => {
    await start(answer);
    const began = Date.now();
    const said = await failure();
    expect(Date.now() - began).toBeLessThan(1000);
    expect(said).toMatch(message);
    expect(said).toContain('HF_ENDPOINT');
    expect(said).toContain('name its path in the study’s model.weights');
    expect(await namesIn('blobs')).toEqual([]);
    expect(await namesIn('snapshots')).toEqual([]);
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

describe('another file that a person trusts', () => {
  const OTHER = randomBytes(60_000);
  const trust = (value: string): HubFile => trustedFile(WANTED, { EPOCHLENS_IMAGENET_SHA256: value });
  const sha256 = createHash('sha256').update(OTHER).digest('hex');

  it('takes the place of the published one, and is never what other programs take for the newest', async () => {
    const wanted = trust(` ${sha256.toUpperCase()}`);
    expect(wanted).toEqual({ repository: WANTED.repository, file: WANTED.file, sha256 });
    await start((request, response) => give(request, response, OTHER));
    const path = await hubFile(wanted, {}, QUICK);
    expect((await readFile(path)).equals(OTHER)).toBe(true);
    expect(await namesIn('refs')).toEqual([]);
    expect(await failure(WANTED)).toMatch(/wrong length: found 60000 bytes or more, expected 50000 bytes/);
    expect(await hubFile(wanted, {}, QUICK)).toBe(path);
  });

  it('has a limit though its size is not known', async () => {
    await start((_, response) => response.writeHead(200, { 'content-length': '1000000000' }).end());
    expect(await failure(trust(sha256))).toMatch(/wrong length: found 1000000000 bytes or more, expected 536870912/);
  });

  it('is the published one where nothing or the same is said, and must be said rightly', () => {
    expect(trust('')).toBe(WANTED);
    expect(trust(HASH)).toBe(WANTED);
    expect(() => trust('abc')).toThrow(/EPOCHLENS_IMAGENET_SHA256 is malformed: found "abc", expected 64 hexadecimal/);
  });
});

it('each of the published weights is pinned by commit, size and SHA-256', () => {
  expect(IMAGENET_ARCHITECTURES.length).toBeGreaterThan(0);
  for (const name of IMAGENET_ARCHITECTURES) {
    const { revision, bytes, sha256 } = imagenetWeights(name)!;
    expect(revision).toMatch(/^[0-9a-f]{40}$/);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    // Four bytes a parameter, of 5.3 and 11.7 million with a classifier of 1,000 classes, and a header.
    expect(bytes / 4).toBeGreaterThan(name === 'resnet18' ? 11_689_512 : 5_288_548);
    expect(bytes / 4).toBeLessThan(1.02 * (name === 'resnet18' ? 11_689_512 : 5_288_548));
  }
});

it('the cache is where the hub’s own client keeps it', () => {
  expect(hubCache({ HF_HUB_CACHE: '/a', HF_HOME: '/b' })).toBe('/a');
  expect(hubCache({ HF_HOME: '/b' })).toBe(join('/b', 'hub'));
  expect(hubCache({ XDG_CACHE_HOME: '/c' })).toBe(join('/c', 'huggingface', 'hub'));
  expect(hubCache({})).toMatch(/\.cache.huggingface.hub$/);
});

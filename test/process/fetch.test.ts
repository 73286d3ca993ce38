/** What a study needs from the network, by the real command line, from a server of our own. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../../src/models/model';
import { initialWeights } from '../../src/models/weights';
import { serialiseCheckpoint } from '../../src/weights/checkpoint';
import { breakOff, give, serve, type BadServer } from '../unit/download/server';
import { archiveOfOneImage } from './cifarArchive';
import { epochlens, succeed, temporaryFolder } from './cli';

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let server: BadServer;
let archive: Buffer;
let env: NodeJS.ProcessEnv;
let broken = false;
/** Of the real architecture, as timm's file is: with a classifier of 1,000 classes. */
let weights: Buffer;

beforeAll(async () => {
  folder = await temporaryFolder();
  archive = await archiveOfOneImage();
  const published = createModel('efficientnet_b0', 64, 1000);
  weights = Buffer.from(serialiseCheckpoint(published, initialWeights(published, 1), {}));
  server = await serve((request, response) => {
    const file = request.url === '/archive.tar.gz' ? archive : weights;
    if (broken && request.method === 'GET') breakOff(response, file, 200);
    else give(request, response, file, `"${hashOf(file)}"`);
  });
  env = {
    EPOCHLENS_CIFAR10_URL: `${server.origin}/archive.tar.gz`,
    EPOCHLENS_CIFAR10_SHA256: hashOf(archive),
    EPOCHLENS_CACHE: join(folder, 'cache'),
    EPOCHLENS_IMAGENET_SHA256: hashOf(weights),
    HF_ENDPOINT: server.origin,
    HF_HOME: join(folder, 'hf'),
    HF_HUB_CACHE: undefined,
    HF_HUB_OFFLINE: undefined,
  };
  const study = {
    dataset: { kind: 'cifar10', folder: 'data' },
    model: { architecture: 'efficientnet_b0', weights: 'imagenet', inputSize: 64 },
  };
  await writeFile(join(folder, 's.epochlens.json'), JSON.stringify(study));
});
afterAll(() => server.close());

const fetchStudy = ['fetch', 's.epochlens.json'];

it('a broken download says what to do, and is gone on with the next time', async () => {
  broken = true;
  const { code, stderr } = await epochlens(fetchStudy, { cwd: folder, env });
  expect(stderr).toMatch(/archive\.tar\.gz: the connection broke off.*set EPOCHLENS_CIFAR10_URL to a mirror/);
  expect(code).toBe(1);
  expect(await readdir(folder)).not.toContain('data');
  broken = false;
  server.asked.length = 0;
  const events = (await succeed([...fetchStudy, '--json'], { cwd: folder, env }))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; of: string; path?: string });
  expect(server.asked.map(({ method, url, headers }) => [method, url, headers.range])).toEqual([
    ['GET', '/archive.tar.gz', 'bytes=200-'],
    ['GET', '/timm/efficientnet_b0.ra_in1k/resolve/main/model.safetensors', undefined],
  ]);
  const here = events.filter(({ event }) => event === 'here');
  expect(here.map(({ of }) => of)).toEqual(['CIFAR-10', 'ImageNet weights']);
  expect(here[0]?.path).toBe(join(folder, 'data'));
  expect((await readFile(here[1]?.path ?? '')).equals(weights)).toBe(true);
});

it('nobody is asked for what is here; without it, offline, the error says where to put it', async () => {
  server.asked.length = 0;
  await succeed(fetchStudy, { cwd: folder, env });
  expect(server.asked).toEqual([]);
  await rm(join(folder, 'hf'), { recursive: true });
  const { code, stderr } = await epochlens(fetchStudy, { cwd: folder, env: { ...env, HF_HUB_OFFLINE: '1' } });
  const place = join(
    folder,
    'hf',
    'hub',
    'models--timm--efficientnet_b0.ra_in1k',
    'snapshots',
    'main',
    'model.safetensors',
  );
  expect(stderr).toContain(`put it at ${place}, or name its path in the study’s model.weights`);
  expect(code).toBe(1);
});

describe('weights that are not what they should be never come into the shared cache', () => {
  const cached = async (): Promise<string[]> => {
    const names = await readdir(join(folder, 'hf'), { recursive: true, withFileTypes: true }).catch(() => []);
    return names.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  };
  /** What `fetch` says of these bytes, by which hash it is told to expect. */
  const refusal = async (bytes: Buffer, trusted: string | undefined): Promise<string> => {
    const own = await serve((request, response) => give(request, response, bytes));
    const other = { ...env, HF_ENDPOINT: own.origin, EPOCHLENS_IMAGENET_SHA256: trusted };
    const { code, stderr } = await epochlens(fetchStudy, { cwd: folder, env: other }).finally(() => own.close());
    expect(code).toBe(1);
    expect(stderr).toContain('Nothing was kept.');
    expect(await cached()).toEqual([]);
    return stderr;
  };

  it('not those that timm published', async () => {
    expect(await refusal(weights, undefined)).toMatch(/wrong length: found \d+ bytes or more, expected 21355344 bytes/);
    const sized = Buffer.alloc(21_355_344, 7);
    expect(await refusal(sized, undefined)).toMatch(
      /not the expected one: found SHA-256 [0-9a-f]{64}, expected d5698997/,
    );
  });

  it('trusted by their hash, and no weights of the model', async () => {
    const page = Buffer.from('<!doctype html><title>Sign in</title>');
    expect(await refusal(page, hashOf(page))).toMatch(/cannot be used: /);
    const cut = weights.subarray(0, -4);
    expect(await refusal(cut, hashOf(cut))).toMatch(/cannot be used: /);
    const notFinite = Buffer.from(weights);
    notFinite.writeFloatLE(NaN, 8 + Number(notFinite.readBigUInt64LE()));
    expect(await refusal(notFinite, hashOf(notFinite))).toMatch(/cannot be used: .*not finite/);
    const resnet20 = createModel('resnet20', 32, 10);
    const other = Buffer.from(serialiseCheckpoint(resnet20, initialWeights(resnet20, 1), {}));
    expect(await refusal(other, hashOf(other))).toMatch(/cannot be used: .*not weights of efficientnet_b0/);
  });
});

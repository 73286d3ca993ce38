/** What a study needs from the network, by the real command line, from a server of our own. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create } from 'tar';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { breakOff, give, serve, type BadServer } from '../unit/download/server';
import { epochlens, succeed, temporaryFolder } from './cli';

const RECORD_BYTES = 3073;
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let server: BadServer;
let archive: Buffer;
let env: NodeJS.ProcessEnv;
let broken = false;
const weights = randomBytes(400_000);

beforeAll(async () => {
  folder = await temporaryFolder();
  archive = await archiveOfOneImage();
  server = await serve((request, response) => {
    const file = request.url === '/archive.tar.gz' ? archive : weights;
    if (broken && request.method === 'GET') breakOff(response, file, 200);
    else give(request, response, file, `"${hashOf(file)}"`);
  });
  env = {
    EPOCHLENS_CIFAR10_URL: `${server.origin}/archive.tar.gz`,
    EPOCHLENS_CIFAR10_SHA256: hashOf(archive),
    EPOCHLENS_CACHE: join(folder, 'cache'),
    HF_ENDPOINT: server.origin,
    HF_HOME: join(folder, 'hf'),
    HF_HUB_CACHE: undefined,
    HF_HUB_OFFLINE: undefined,
  };
  const study = {
    dataset: { kind: 'cifar10', folder: 'data' },
    model: { architecture: 'resnet18', weights: 'imagenet', inputSize: 64 },
  };
  await writeFile(join(folder, 's.epochlens.json'), JSON.stringify(study));
});
afterAll(() => server.close());

async function archiveOfOneImage(): Promise<Buffer> {
  const from = await temporaryFolder();
  const top = 'cifar-10-batches-bin';
  await mkdir(join(from, top));
  for (const name of ['data_batch_1.bin', 'test_batch.bin']) {
    await writeFile(join(from, top, name), Buffer.concat([Buffer.of(3), randomBytes(RECORD_BYTES - 1)]));
  }
  await create({ gzip: true, cwd: from, file: join(from, 'a.tgz') }, [top]);
  return readFile(join(from, 'a.tgz'));
}

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
    ['HEAD', '/timm/resnet18.a1_in1k/resolve/main/model.safetensors', undefined],
    ['GET', '/timm/resnet18.a1_in1k/resolve/main/model.safetensors', undefined],
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
  const place = join(folder, 'hf', 'hub', 'models--timm--resnet18.a1_in1k', 'snapshots', 'main', 'model.safetensors');
  expect(stderr).toContain(`put it at ${place}, or name its path in the study’s model.weights`);
  expect(code).toBe(1);
});

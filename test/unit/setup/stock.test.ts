/** The stock download against a server of our own: the real host's archives are 100 MB and more. */
import { createHash } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installStock, stockAddresses } from '../../../src/setup/native/stock';

/** What the server answers by the last part of an address: a body, a status, or 'cut' for half a body. */
let answers: Map<string, Buffer | number | 'cut' | 'stall'>;
let server: Server;
let folder: string;
let work: string;

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'epochlens-stock-'));
  folder = join(work, 'engine');
  await mkdir(folder);
  answers = new Map();
  server = createServer((request, response) => {
    const answer = answers.get(request.url?.split('/').at(-1) ?? '') ?? 404;
    if (typeof answer === 'number') return response.writeHead(answer).end();
    if (answer === 'cut' || answer === 'stall') {
      response.writeHead(200, { 'content-length': '1000' });
      if (request.method === 'HEAD') return response.end();
      response.write('some');
      if (answer === 'cut') setTimeout(() => response.destroy(), 50);
      return response;
    }
    response.writeHead(200, { 'content-length': String(answer.length) });
    return response.end(request.method === 'HEAD' ? undefined : answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env['EPOCHLENS_CACHE'] = join(work, 'cache');
  process.env['TFJS_NODE_CDN_STORAGE'] = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
});

afterEach(async () => {
  delete process.env['TFJS_NODE_CDN_STORAGE'];
  delete process.env['EPOCHLENS_CACHE'];
  server.closeAllConnections();
  server.close();
  // tar may still be finishing a file when it reports a broken archive.
  await rm(work, { recursive: true, maxRetries: 10, retryDelay: 50 });
});

const LIBRARY = 'libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz';
const ADDON = 'CPU-linux-4.22.0.tar.gz';

/** Contents by path; one that starts with an arrow is a link. */
async function archive(files: Record<string, string>): Promise<Buffer> {
  const source = await mkdtemp(join(work, 'archive-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(source, path, '..'), { recursive: true });
    if (content.startsWith('→')) await symlink(content.slice(1), join(source, path));
    else await writeFile(join(source, path), content);
  }
  const file = join(work, `${String(answers.size)}.tar.gz`);
  await create({ gzip: true, cwd: source, file }, ['.']);
  return readFile(file);
}

async function serveGoodArchives(): Promise<void> {
  answers.set(
    LIBRARY,
    await archive({
      'include/tensorflow/c/c_api.h': '//',
      'lib/libtensorflow.so': '→libtensorflow.so.2',
      'lib/libtensorflow.so.2': '→libtensorflow.so.2.9.1',
      'lib/libtensorflow.so.2.9.1': 'library',
      'lib/libtensorflow_framework.so.2': 'framework',
      LICENSE: '',
    }),
  );
  answers.set(ADDON, await archive({ 'napi-v8/tfjs_binding.node': 'addon' }));
}

it('puts its addresses together as tfjs-node’s scripts do', () => {
  delete process.env['TFJS_NODE_CDN_STORAGE'];
  expect(stockAddresses('gpu', 'linux')).toEqual({
    library: 'https://storage.googleapis.com/tensorflow/libtensorflow/libtensorflow-gpu-linux-x86_64-2.9.1.tar.gz',
    addon: 'https://storage.googleapis.com/tf-builds/pre-built-binary/napi-v8/4.22.0/GPU-linux-4.22.0.tar.gz',
  });
  expect(stockAddresses('cpu', 'windows').addon).toMatch(/CPU-windows-4\.22\.0\.zip$/);
});

describe.skipIf(`${process.platform}-${process.arch}` !== 'linux-x64')('the stock download', () => {
  const texts: string[] = [];
  const watch = { progress: ({ text }: { text: string }) => void texts.push(text) };
  /** The archives of these tests are not the published ones. */
  const install = (signal?: AbortSignal) => installStock(folder, { ...watch, signal }, {});

  it('lays the libraries where the prebuilt addon looks for them, and says what it downloads', async () => {
    await serveGoodArchives();
    const about = await install();
    expect(about).toMatchObject({
      libtensorflowVersion: '2.9.1',
      variant: 'cpu',
      addon: 'lib/napi-v8/tfjs_binding.node',
    });
    expect((await readdir(join(folder, 'deps', 'lib'))).sort()).toEqual([
      'libtensorflow.so.2',
      'libtensorflow_framework.so.2',
    ]);
    expect((await lstat(join(folder, 'deps', 'lib', 'libtensorflow.so.2'))).isFile()).toBe(true);
    expect(await readFile(join(folder, about.addon), 'utf8')).toBe('addon');
    expect((await readdir(folder)).sort()).toEqual(['deps', 'lib']);
    expect(texts.some((text) => text.startsWith('downloading http://127.0.0.1'))).toBe(true);
  });

  it('says that the host has no such archive', async () => {
    await expect(install()).rejects.toThrow(/HTTP 404/);
  });

  it('finds a transfer that ends early', async () => {
    await serveGoodArchives();
    answers.set(LIBRARY, 'cut');
    await expect(install()).rejects.toThrow(/the connection broke off/);
  });

  it('finds an archive that is none', async () => {
    await serveGoodArchives();
    answers.set(LIBRARY, Buffer.from('nonsense'));
    await expect(install()).rejects.toThrow(/an archive that cannot be read/);
  });

  it('finds an archive that is cut off', async () => {
    await serveGoodArchives();
    const whole = answers.get(LIBRARY) as Buffer;
    answers.set(LIBRARY, whole.subarray(0, whole.length - 40));
    await expect(install()).rejects.toThrow(/an archive that cannot be read/);
  });

  it('finds an archive without libraries', async () => {
    await serveGoodArchives();
    answers.set(LIBRARY, await archive({ 'README.md': 'hello' }));
    await expect(install()).rejects.toThrow(/without the expected files/);
  });

  it('gives up quickly on a host that cannot be reached', async () => {
    process.env['TFJS_NODE_CDN_STORAGE'] = 'http://127.0.0.1:9/';
    await expect(install()).rejects.toThrow(/cannot be reached/);
  });

  it('can be cancelled in the middle of a transfer', async () => {
    await serveGoodArchives();
    answers.set(LIBRARY, 'stall');
    const cancel = new AbortController();
    setTimeout(() => {
      cancel.abort();
    }, 300);
    await expect(install(cancel.signal)).rejects.toThrow(/cancelled/);
  });

  it('takes a pinned library alone, from whatever mirror', async () => {
    await serveGoodArchives();
    await expect(installStock(folder, watch)).rejects.toThrow(
      /libtensorflow-cpu.*not the expected one: found SHA-256 [0-9a-f]{64}, expected 7f510d25.*gives another file/,
    );
    const sha256 = createHash('sha256')
      .update(answers.get(LIBRARY) as Buffer)
      .digest('hex');
    await installStock(folder, watch, { [LIBRARY]: sha256 });
    const recorded = join(work, 'cache', 'native', 'first-use.json');
    expect(Object.keys(JSON.parse(await readFile(recorded, 'utf8')) as object)).toEqual([ADDON]);
  });

  it('trusts an addon when it is first used, holds the next to it, and says the way out', async () => {
    await serveGoodArchives();
    const inEmptyFolder = async () => {
      await rm(folder, { recursive: true });
      await mkdir(folder);
      return install();
    };
    await inEmptyFolder();
    answers.set(ADDON, await archive({ 'napi-v8/tfjs_binding.node': 'another addon' }));
    const record = join(work, 'cache', 'native', 'first-use.json');
    await expect(inEmptyFolder()).rejects.toThrow(new RegExp(`not what was first used here.*remove ${record}`));
    await writeFile(record, '{"x"');
    await expect(inEmptyFolder()).rejects.toThrow(/record of first uses is damaged.*Remove it/);
    await rm(record);
    await expect(inEmptyFolder()).resolves.toMatchObject({ variant: 'cpu' });
  });
});

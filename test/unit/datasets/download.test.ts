import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, InputError, WorkError } from '../../../src/common/errors';
import { loadDataset, type DataProgress } from '../../../src/datasets/index';
import { cifar10 } from '../../../src/datasets/cifar10';
import { fetchArchive } from '../../../src/datasets/fetching/fetch';
import { archiveSource } from '../../../src/datasets/fetching/source';
import type { DataWatch } from '../../../src/datasets/types';
import type { Timeouts } from '../../../src/download/source';
import { makeRecords, temporaryFolder, writeFiles } from './cifarFiles';

const ARCHIVE = cifar10.onDisk!.archive!;
const fetchCifar10 = (to: string, watch: DataWatch, timeouts?: Timeouts): Promise<void> =>
  fetchArchive(cifar10, ARCHIVE, to, watch, timeouts);

let parent: string;
let folder: string;
let cache: string;
let server: Server | undefined;

beforeEach(async () => {
  parent = await temporaryFolder();
  folder = join(parent, 'data', 'cifar-10-batches-bin');
  cache = await temporaryFolder();
  process.env['EPOCHLENS_CACHE'] = cache;
});

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(cache, { recursive: true, force: true });
  delete process.env['EPOCHLENS_CACHE'];
  delete process.env['EPOCHLENS_CIFAR10_URL'];
  delete process.env['EPOCHLENS_CIFAR10_SHA256'];
  await rm(parent, { recursive: true, force: true });
});

/** Serves on this machine alone, and names the server as CIFAR-10's source. */
async function serve(answer: RequestListener, sha256?: string): Promise<void> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  process.env['EPOCHLENS_CIFAR10_URL'] = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/archive.tar.gz`;
  if (sha256 !== undefined) process.env['EPOCHLENS_CIFAR10_SHA256'] = sha256;
}

/** A .tar.gz of the files in a folder of the publisher's name. */
async function archiveOf(
  files: Record<string, Uint8Array | string>,
  link?: { name: string; target: string },
  top = 'cifar-10-batches-bin',
): Promise<Buffer> {
  const from = await temporaryFolder();
  await mkdir(join(from, top), { recursive: true });
  await writeFiles(join(from, top), files);
  if (link !== undefined) await symlink(link.target, join(from, top, link.name));
  await create({ gzip: true, cwd: from, file: join(from, 'a.tgz'), portable: true }, [top]);
  const bytes = await readFile(join(from, 'a.tgz'));
  await rm(from, { recursive: true });
  return bytes;
}

const QUICK: Timeouts = { connect: 1000, stall: 1000, attempts: 2, pause: 1 };

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function serveArchive(bytes: Buffer, sha256 = hashOf(bytes)): Promise<void> {
  await serve((_, response) => response.setHeader('content-length', bytes.length).end(bytes), sha256);
}

const good = { 'data_batch_1.bin': makeRecords(4), 'test_batch.bin': makeRecords(2), 'readme.html': 'hello' };

async function failure(attempt: Promise<unknown>): Promise<Error> {
  const error: unknown = await attempt.then(
    () => new Error('it worked'),
    (reason: unknown) => reason,
  );
  expect(await readdir(parent), 'nothing may stay').toEqual([]);
  return error as Error;
}

describe('downloading CIFAR-10', () => {
  it('fetches, verifies, unpacks the batch files alone, and then reads them', async () => {
    const bytes = await archiveOf(good);
    await serveArchive(bytes);
    const seen: DataProgress[] = [];
    const set = await loadDataset(
      { kind: 'cifar10', folder },
      { studyFolder: parent, mayDownload: true, progress: (step) => seen.push(step) },
    );
    expect([set.train.count, set.test.count]).toEqual([4, 2]);
    expect((await readdir(folder)).sort()).toEqual(['data_batch_1.bin', 'test_batch.bin']);
    expect(await readdir(join(parent, 'data'))).toEqual(['cifar-10-batches-bin']);
    expect(seen[0]).toEqual({ stage: 'download', done: 0, total: bytes.length, unit: 'bytes' });
    expect(seen.findLast(({ stage }) => stage === 'download')?.done).toBe(bytes.length);
    expect(seen.findLast(({ stage }) => stage === 'unpack')?.done).toBe(bytes.length);
  });

  it('asks nobody when the folder is there or a download is not allowed', async () => {
    let asked = 0;
    await serve((_, response) => {
      asked++;
      response.end();
    });
    await expect(loadDataset({ kind: 'cifar10', folder }, { studyFolder: parent })).rejects.toThrow(/does not exist/);
    await mkdir(folder, { recursive: true });
    const attempt = loadDataset({ kind: 'cifar10', folder }, { studyFolder: parent, mayDownload: true });
    await expect(attempt).rejects.toThrow(/empty folder/);
    expect(asked).toBe(0);
  });

  it('goes on where an earlier download broke off, and leaves the cache empty', async () => {
    const bytes = await archiveOf(good);
    const ranges: (string | undefined)[] = [];
    await serve((request, response) => {
      const { range } = request.headers;
      ranges.push(range);
      const from = Number(/\d+/.exec(range ?? '0')?.[0]);
      if (from > 0) response.statusCode = 206;
      response.setHeader('content-range', `bytes ${from}-${bytes.length - 1}/${bytes.length}`);
      response.setHeader('content-length', bytes.length - from);
      if (from > 0) response.end(bytes.subarray(from));
      else response.write(bytes.subarray(0, 100), () => setTimeout(() => response.destroy(), 50));
    }, hashOf(bytes));
    expect((await failure(fetchCifar10(folder, {}, { ...QUICK, attempts: 1 }))).message).toMatch(/broke off/);
    expect(await readdir(join(cache, 'downloads'))).toEqual([expect.stringMatching(/tar\.gz\.incomplete$/)]);
    await fetchCifar10(folder, {}, QUICK);
    expect(ranges).toEqual([undefined, 'bytes=100-']);
    expect(existsSync(join(folder, 'test_batch.bin'))).toBe(true);
    expect(await readdir(join(cache, 'downloads'))).toEqual([]);
  });

  it('takes a server that does not say the length', async () => {
    const bytes = await archiveOf(good);
    await serve((_, response) => response.end(bytes), hashOf(bytes));
    await fetchCifar10(folder, {});
    expect(existsSync(join(folder, 'test_batch.bin'))).toBe(true);
  });

  it('leaves the folder of a faster process alone', async () => {
    const bytes = await archiveOf(good);
    await serve((_, response) => {
      void mkdir(folder, { recursive: true })
        .then(() => writeFiles(folder, { 'test_batch.bin': 'theirs' }))
        .then(() => response.end(bytes));
    }, hashOf(bytes));
    await fetchCifar10(folder, {});
    expect(await readFile(join(folder, 'test_batch.bin'), 'utf8')).toBe('theirs');
    expect(await readdir(join(parent, 'data'))).toEqual(['cifar-10-batches-bin']);
  });
});

describe('a download that goes wrong leaves nothing and says why', () => {
  it('nobody listens', async () => {
    await serve(() => undefined);
    const closed = server!;
    await new Promise((resolve) => closed.close(resolve));
    const error = await failure(fetchCifar10(folder, {}));
    expect(error).toBeInstanceOf(WorkError);
    expect(error.message).toMatch(
      /^archive\.tar\.gz: .*cannot be reached: found .*ECONNREFUSED.*mirror.*\(http:\/\/127\.0\.0\.1:/,
    );
  });

  it('no answer in time', async () => {
    await serve(() => undefined);
    const error = await failure(fetchCifar10(folder, {}, { ...QUICK, connect: 100 }));
    expect(error).toBeInstanceOf(WorkError);
    expect(error.message).toMatch(/no answer for 0\.1 s/);
  });

  it('an HTTP error', async () => {
    await serve((_, response) => response.writeHead(404).end());
    expect((await failure(fetchCifar10(folder, {}))).message).toMatch(/found HTTP 404 Not Found, expected HTTP 200/);
  });

  it('a stalled transfer', async () => {
    await serve((_, response) => response.writeHead(200, { 'content-length': 100 }).write('x'), 'a'.repeat(64));
    const error = await failure(fetchCifar10(folder, {}, { ...QUICK, stall: 100 }));
    expect(error).toBeInstanceOf(WorkError);
    expect(error.message).toMatch(/the download stalled for 0\.1 s/);
  });

  it('a broken connection', async () => {
    await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('x', () => response.destroy());
    }, 'a'.repeat(64));
    const error = await failure(fetchCifar10(folder, {}, QUICK));
    expect(error).toBeInstanceOf(WorkError);
    expect(error.message).toMatch(/the connection broke off/);
  });

  it('another length than the official archive, before anything is written', async () => {
    await serveArchive(Buffer.from('short'), archiveSource(ARCHIVE, {}).sha256);
    expect((await failure(fetchCifar10(folder, {}))).message).toMatch(/found 5 bytes, expected 170052171 bytes/);
  });

  it('another hash', async () => {
    await serveArchive(await archiveOf(good), 'a'.repeat(64));
    expect((await failure(fetchCifar10(folder, {}))).message).toMatch(
      /not the expected one: found SHA-256 .*expected aaaa/,
    );
  });

  it('cancelled on the way', async () => {
    await serve((_, response) => response.writeHead(200, { 'content-length': 100 }).write('x'), 'a'.repeat(64));
    const ender = new AbortController();
    const attempt = fetchCifar10(folder, {
      signal: ender.signal,
      progress: ({ done }) => {
        if (done > 0) ender.abort();
      },
    });
    expect(await failure(attempt)).toBeInstanceOf(CancelledError);
  });

  it('cancelled beforehand', async () => {
    await serve(() => undefined);
    expect(await failure(fetchCifar10(folder, { signal: AbortSignal.abort() }))).toBeInstanceOf(CancelledError);
  });

  it('a malformed address or hash', async () => {
    process.env['EPOCHLENS_CIFAR10_URL'] = 'ftp://somewhere/x';
    expect(await failure(fetchCifar10(folder, {}))).toBeInstanceOf(InputError);
    process.env['EPOCHLENS_CIFAR10_URL'] = 'http://127.0.0.1/x';
    process.env['EPOCHLENS_CIFAR10_SHA256'] = 'abc';
    expect((await failure(fetchCifar10(folder, {}))).message).toMatch(/EPOCHLENS_CIFAR10_SHA256 is malformed/);
  });

  it('a folder that cannot be made', async () => {
    const bytes = await archiveOf(good);
    await serveArchive(bytes);
    await writeFiles(parent, { file: '' });
    const error: unknown = await fetchCifar10(join(parent, 'file', 'data'), {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(await readdir(parent)).toEqual(['file']);
  });
});

describe('an archive that is not what it should be', () => {
  const oversized = { ...good, 'data_batch_2.bin': randomBytes(30_730_001) };
  const labelled = (label: number): Uint8Array => Uint8Array.from({ length: 3073 }, (_, at) => (at === 0 ? label : 1));
  const badLabel = /test_batch\.bin, record 0 .*does not hold CIFAR-10: a label is no CIFAR-10 class: found label 200/;
  const inflating = { ...good, 'data_batch_2.bin': new Uint8Array(100_000_000) };
  it.each<[string, () => Promise<Buffer>, RegExp]>([
    ['no archive', () => Promise.resolve(Buffer.from('not gzip')), /cannot be unpacked/],
    ['cut short', async () => (await archiveOf(good)).subarray(0, -40), /cannot be unpacked/],
    ['a link', () => archiveOf(good, { name: 'data_batch_3.bin', target: '/etc/passwd' }), /is a SymbolicLink/],
    ['too large a member', () => archiveOf(oversized), /has 30730001 bytes, more than/],
    ['far larger unpacked than packed', () => archiveOf(inflating), /cannot be unpacked|more than/],
    ['another folder', () => archiveOf(good, undefined, 'elsewhere'), /does not hold CIFAR-10/],
    ['a label of no class', () => archiveOf({ ...good, 'test_batch.bin': labelled(200) }), badLabel],
    [
      'a batch that is a web page',
      () => archiveOf({ ...good, 'test_batch.bin': '<!doctype html>' }),
      /is cut short or/,
    ],
    ['no test images', () => archiveOf({ 'data_batch_1.bin': makeRecords(1) }), /does not hold CIFAR-10/],
  ])('%s', async (_, makeArchive, message) => {
    await serveArchive(await makeArchive());
    const error = await failure(fetchCifar10(folder, {}));
    expect(error).toBeInstanceOf(WorkError);
    expect(error.message).toMatch(message);
    expect(await readdir(join(cache, 'downloads'))).toEqual([]);
  });

  it('a path that leads out', async () => {
    const bytes = await archiveOf(good);
    // In the header of the first file: the same length, so that only its checksum has to follow.
    await serveArchive(
      await withPath(bytes, 'cifar-10-batches-bin/data_batch_1.bin', '../../escaped-to-outside/data_batch.bi'),
    );
    expect((await failure(fetchCifar10(folder, {}))).message).toMatch(/leads out of its folder/);
  });
});

/** Renames a member, and corrects its header's checksum. */
async function withPath(archive: Buffer, from: string, to: string): Promise<Buffer> {
  const { gunzipSync, gzipSync } = await import('node:zlib');
  const bytes = gunzipSync(archive);
  const at = bytes.indexOf(`${from}\0`);
  bytes.write(to.padEnd(from.length, 'x').slice(0, from.length), at);
  bytes.fill(' ', at + 148, at + 156);
  const sum = bytes.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148);
  return gzipSync(bytes);
}

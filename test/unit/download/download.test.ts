/** The downloader against servers that do what servers do. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, WorkError } from '../../../src/common/errors';
import { download } from '../../../src/download/download';
import type { DownloadProgress, FileSource, Timeouts } from '../../../src/download/source';
import { breakOff, give, serve, type BadServer } from './server';

const QUICK: Timeouts = { connect: 2000, stall: 2000, attempts: 3, pause: 1 };
const BYTES = randomBytes(300_000);
const HASH = createHash('sha256').update(BYTES).digest('hex');

let folder: string;
let path: string;
let servers: BadServer[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-download-'));
  path = join(folder, 'file.bin');
  servers = [];
});
afterEach(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
});

async function start(answer: Parameters<typeof serve>[0]): Promise<BadServer> {
  const server = await serve(answer);
  servers.push(server);
  return server;
}

function sourceAt({ origin }: BadServer, more: Partial<FileSource> = {}): FileSource {
  return { url: new URL(`${origin}/file.bin`), advice: 'Name a mirror.', ...more };
}

const ranges = ({ asked }: BadServer): (string | undefined)[] => asked.map(({ headers }) => headers.range);

/** The error of a download, after which there is no file, and nothing else but what may be gone on with. */
async function failure(source: FileSource, left: string[] = [], timeouts = QUICK): Promise<WorkError> {
  const error: unknown = await download(source, path, {}, timeouts).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WorkError);
  expect(await readdir(folder)).toEqual(left);
  return error as WorkError;
}

async function whole(): Promise<void> {
  expect(await readdir(folder)).toEqual(['file.bin']);
  expect((await readFile(path)).equals(BYTES)).toBe(true);
}

describe('a download that ends well', () => {
  it('tells how far it is, and puts the file in its place', async () => {
    const server = await start((request, response) => give(request, response, BYTES));
    const seen: DownloadProgress[] = [];
    await download(sourceAt(server, { sha256: HASH, bytes: BYTES.length }), path, {
      progress: (progress) => seen.push(progress),
    });
    await whole();
    expect(seen[0]).toEqual({ done: 0, total: BYTES.length });
    expect(seen.at(-1)).toEqual({ done: BYTES.length, total: BYTES.length });
  });

  it('takes a server that does not say the length', async () => {
    const server = await start((_, response) => response.write(BYTES, () => response.end()));
    await download(sourceAt(server), path);
    await whole();
  });

  it('goes on where the connection broke off, with If-Range', async () => {
    const server = await start((request, response) => {
      if (server.asked.length === 1) breakOff(response, BYTES, 1000);
      else give(request, response, BYTES);
    });
    await download(sourceAt(server), path, {}, QUICK);
    await whole();
    expect(ranges(server)).toEqual([undefined, 'bytes=1000-']);
    expect(server.asked[1]?.headers['if-range']).toBe('"v1"');
  });

  it('begins anew where the file has changed meanwhile', async () => {
    const server = await start((request, response) => {
      if (server.asked.length === 1) breakOff(response, randomBytes(BYTES.length), 1000, '"old"');
      else give(request, response, BYTES, '"new"');
    });
    await download(sourceAt(server), path, {}, QUICK);
    await whole();
    expect(ranges(server)).toEqual([undefined, 'bytes=1000-']);
  });

  it('begins anew where the server knows no ranges, or gives others than asked for', async () => {
    const server = await start((_, response) => {
      if (server.asked.length === 1) breakOff(response, BYTES, 1000);
      else if (server.asked.length === 2) {
        response.writeHead(206, { 'content-range': `bytes 5-9/${BYTES.length}` }).end(BYTES.subarray(5, 10));
      } else response.writeHead(200, { 'content-length': BYTES.length }).end(BYTES);
    });
    await download(sourceAt(server, { sha256: HASH }), path, {}, QUICK);
    await whole();
  });

  it('goes on after a stall, and after 429, 500 and 503, and says why it waits', async () => {
    const server = await start((request, response) => {
      const number = server.asked.length;
      if (number === 1) response.writeHead(200, { 'content-length': BYTES.length }).write(BYTES.subarray(0, 1000));
      else if (number === 2) response.writeHead(429, { 'retry-after': '0' }).end();
      else if (number === 3) response.writeHead(503).end();
      else give(request, response, BYTES);
    });
    const waits: string[] = [];
    await download(
      sourceAt(server, { sha256: HASH }),
      path,
      { progress: ({ waiting }) => waiting !== undefined && waits.push(waiting) },
      { ...QUICK, attempts: 4, stall: 100 },
    );
    await whole();
    expect(ranges(server)).toEqual([undefined, 'bytes=1000-', 'bytes=1000-', 'bytes=1000-']);
    expect(waits).toEqual([
      'the download stalled for 0.1 s: trying again in 1 s',
      'the server has been asked too often: trying again in 1 s',
      'the server failed: trying again in 1 s',
    ]);
  });

  it('goes on with what an earlier process left, where the hash says what it is of', async () => {
    await writeFile(`${path}.incomplete`, BYTES.subarray(0, 2000));
    // Longer, but of a process that is still at work; and of another machine's that may be.
    await writeFile(`${path}.${(await import('node:os')).hostname()}-${process.ppid}-00000000.incomplete`, BYTES);
    await writeFile(`${path}.elsewhere-1-00000000.incomplete`, BYTES);
    const server = await start((request, response) => give(request, response, BYTES));
    await download(sourceAt(server, { sha256: HASH }), path, {}, QUICK);
    expect(ranges(server)).toEqual(['bytes=2000-']);
    expect((await readFile(path)).equals(BYTES)).toBe(true);
    expect(await readdir(folder)).toHaveLength(3);
  });

  it('takes over from a process that is long silent, and needs no more than the end', async () => {
    const left = `${path}.elsewhere-1-00000000.incomplete`;
    await writeFile(left, BYTES);
    await utimes(left, 1, 1);
    const server = await start((request, response) => give(request, response, BYTES));
    await download(sourceAt(server, { sha256: HASH }), path, {}, QUICK);
    await whole();
  });

  it('begins anew, once, where what was left is of another file', async () => {
    await writeFile(`${path}.incomplete`, randomBytes(2000));
    const server = await start((request, response) => give(request, response, BYTES));
    await download(sourceAt(server, { sha256: HASH }), path, {}, QUICK);
    await whole();
    expect(ranges(server)).toEqual(['bytes=2000-', undefined]);
  });

  it('follows redirects, and gives a token to nobody but the first host', async () => {
    const store = await start((request, response) => give(request, response, BYTES));
    const server = await start((request, response) => {
      if (request.url === '/file.bin') response.writeHead(302, { location: '/elsewhere' }).end();
      else response.writeHead(307, { location: `${store.origin}/store?signature=x` }).end();
    });
    await download(sourceAt(server, { headers: { authorization: 'Bearer secret' } }), path, {}, QUICK);
    await whole();
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret', 'Bearer secret']);
    expect(store.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('goes through the proxy that the environment names, unless the host is excepted', async () => {
    const server = await start((request, response) => give(request, response, BYTES));
    const proxy = await start((request, response) => {
      ask(request.url ?? '', { headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      }).end();
    });
    process.env['HTTP_PROXY'] = proxy.origin;
    try {
      await download(sourceAt(server), path, {}, QUICK);
      expect(proxy.asked.map(({ url }) => url)).toEqual([`${server.origin}/file.bin`]);
      process.env['NO_PROXY'] = 'example.org, 127.0.0.1';
      await download(sourceAt(server), path, {}, QUICK);
      expect(proxy.asked).toHaveLength(1);
    } finally {
      delete process.env['HTTP_PROXY'];
      delete process.env['NO_PROXY'];
    }
    await whole();
  });
});

describe('a download that fails says why and what to do', () => {
  it.each([
    [401, 'the server wants to know who asks'],
    [403, 'the server refuses access'],
    [404, 'the server has no such file'],
    [418, 'the server does not give the file'],
  ])('%i, at once', async (status, summary) => {
    const server = await start((_, response) => response.writeHead(status).end('<html>sorry</html>'));
    const { message } = await failure(sourceAt(server));
    expect(message).toContain(`file.bin: ${summary}: found HTTP ${status}`);
    expect(message.endsWith(`Name a mirror. (${server.origin}/file.bin)`)).toBe(true);
    expect(server.asked).toHaveLength(1);
  });

  it.each([429, 500, 502])('%i, after some attempts', async (status) => {
    const server = await start((_, response) => response.writeHead(status).end());
    expect((await failure(sourceAt(server))).message).toContain(`found HTTP ${status}`);
    expect(server.asked).toHaveLength(QUICK.attempts);
  });

  it('a server that wants to be left alone for an hour is not waited for', async () => {
    const server = await start((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    expect((await failure(sourceAt(server))).message).toContain('HTTP 429');
    expect(server.asked).toHaveLength(1);
  });

  it('a server that never answers', async () => {
    const server = await start(() => undefined);
    const { message } = await failure(sourceAt(server), [], { ...QUICK, connect: 100 });
    expect(message).toContain('no answer for 0.1 s');
  });

  it('redirects without an end, to nowhere, or to another kind of address', async () => {
    let location = '/file.bin';
    const server = await start((_, response) => response.writeHead(302, { location }).end());
    expect((await failure(sourceAt(server))).message).toContain('redirects more than 10 times');
    location = 'file:///etc/passwd';
    expect((await failure(sourceAt(server))).message).toMatch(/is not followed: found file:\/\/\/etc\/passwd/);
    location = 'http://[';
    expect((await failure(sourceAt(server))).message).toContain('is not followed');
  });

  it('a connection that breaks off again and again: what has come is kept for the next time', async () => {
    const server = await start((_, response) => {
      if (server.asked.length === 1) breakOff(response, BYTES, 1000);
      else response.destroy();
    });
    const { message } = await failure(sourceAt(server, { sha256: HASH }), ['file.bin.incomplete']);
    expect(message).toMatch(/cannot be reached|broke off/);
    expect((await readFile(`${path}.incomplete`)).equals(BYTES.subarray(0, 1000))).toBe(true);
  });

  it('a length that is a lie: too short, too long, or not what is known', async () => {
    const short = await start((_, response) => {
      response.writeHead(200, { 'content-length': BYTES.length + 9 });
      response.write(BYTES, () => setTimeout(() => response.destroy(), 20));
    });
    expect((await failure(sourceAt(short))).message).toContain('broke off');
    const other = await start((request, response) => give(request, response, BYTES));
    expect((await failure(sourceAt(other, { bytes: 299_999 }))).message).toContain(
      'the file has the wrong length: found 300000 bytes or more, expected 299999 bytes. Nothing was kept.',
    );
    const silent = await start((_, response) => response.write(BYTES, () => response.end()));
    expect((await failure(sourceAt(silent, { bytes: 299_999 }))).message).toContain('wrong length');
    // Chunks that come to their own end are all that there is: it is not asked for again.
    silent.asked.length = 0;
    const { message } = await failure(sourceAt(silent, { bytes: 300_001, sha256: HASH }));
    expect(message).toContain('found 300000 bytes, expected 300001');
    expect(silent.asked).toHaveLength(1);
  });

  it('other bytes than they should be', async () => {
    const server = await start((request, response) => give(request, response, randomBytes(BYTES.length)));
    const { message } = await failure(sourceAt(server, { sha256: HASH }));
    expect(message).toMatch(
      /not the expected one: found SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}\. Nothing was kept/,
    );
  });

  it('a folder that is gone', async () => {
    const server = await start((request, response) => give(request, response, BYTES));
    const error: unknown = await download(sourceAt(server), join(folder, 'gone', 'file')).catch((e: unknown) => e);
    expect((error as Error).message).toMatch(/could not be stored.*The folder does not exist/);
  });

  it('a proxy that is none', async () => {
    const server = await start((request, response) => give(request, response, BYTES));
    process.env['http_proxy'] = 'socks5://user:secret@127.0.0.1:1';
    const error: unknown = await download(sourceAt(server), path).catch((reason: unknown) => reason);
    delete process.env['http_proxy'];
    expect((error as Error).message).toMatch(/variable http_proxy names no proxy.*found a socks5 proxy/);
    expect((error as Error).message).not.toContain('secret');
  });
});

describe('cancelling', () => {
  it('ends it, whatever it is at, and keeps what has come', async () => {
    const server = await start((_, response) => {
      response.writeHead(200, { 'content-length': BYTES.length }).write(BYTES.subarray(0, 1000));
    });
    const source = sourceAt(server, { sha256: HASH });
    const ender = new AbortController();
    const progress = ({ done }: DownloadProgress): void => {
      if (done > 0) ender.abort();
    };
    await expect(download(source, path, { signal: ender.signal, progress })).rejects.toThrow(CancelledError);
    expect(await readdir(folder)).toEqual(['file.bin.incomplete']);
    const silent = await start(() => undefined);
    const later = new AbortController();
    setTimeout(() => later.abort(), 50);
    await expect(download(sourceAt(silent), path, { signal: later.signal })).rejects.toThrow(CancelledError);
    const failing = await start((_, response) => response.writeHead(500).end());
    const third = new AbortController();
    const waiting = { signal: third.signal, progress: () => third.abort() };
    await expect(download(sourceAt(failing), path, waiting, { ...QUICK, pause: 9999 })).rejects.toThrow(CancelledError);
  });
});

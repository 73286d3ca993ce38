import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addonSources, compileAddon } from '../../../src/setup/native/compile';
import { installFromWheel, parseRecord } from '../../../src/setup/native/wheel';

const hasWheel = ['linux-x64', 'linux-arm64', 'darwin-arm64'].includes(`${process.platform}-${process.arch}`);
const progress = () => undefined;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-wheel-'));
  process.env['EPOCHLENS_CACHE'] = join(folder, 'cache');
});
afterEach(async () => {
  delete process.env['EPOCHLENS_CACHE'];
  await rm(folder, { recursive: true, force: true });
});

/** A stand-in for python3: a shell script. */
async function fakePython(script: string): Promise<string> {
  const path = join(folder, 'python');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

it('reads the hashes of a wheel’s own list', () => {
  const record = 'tensorflow/a.so,sha256=8GCz_-x,652\r\n"odd,name.py",sha256=abc,1\ntensorflow.dist-info/RECORD,,\n';
  expect([...parseRecord(record)]).toEqual([['tensorflow/a.so', '8GCz_-x']]);
});

describe.skipIf(!hasWheel)('the Python route says why it cannot be taken', () => {
  it('without Python', async () => {
    const promise = installFromWheel(folder, { progress, python: join(folder, 'no-such-python') });
    await expect(promise).rejects.toThrow(/there is no program/);
  });

  it('without pip', async () => {
    const python = await fakePython('echo "ModuleNotFoundError: No module named pip" >&2; exit 1');
    await expect(installFromWheel(folder, { progress, python })).rejects.toThrow(/has no pip.*No module named pip/);
  });

  it('without a network', async () => {
    const python = await fakePython(
      'if [ "$1" = -c ]; then echo 3.12; else echo "ERROR: no route to host"; exit 1; fi',
    );
    await expect(installFromWheel(folder, { progress, python })).rejects.toThrow(
      /pip cannot download.*no route to host/,
    );
  });

  it('with a broken archive', async () => {
    const python = await fakePython(
      'if [ "$1" = -c ]; then echo 3.12; else while [ "$1" != --dest ]; do shift; done; echo nonsense > "$2/t.whl"; fi',
    );
    await expect(installFromWheel(folder, { progress, python })).rejects.toThrow(/an archive that cannot be read/);
  });

  it('with another wheel than the published one', async () => {
    const name = 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl';
    const python = await fakePython(
      `if [ "$1" = -c ]; then echo 3.11; else while [ "$1" != --dest ]; do shift; done; echo nonsense > "$2/${name}"; fi`,
    );
    await expect(installFromWheel(folder, { progress, python })).rejects.toThrow(
      /not the expected one: found SHA-256 [0-9a-f]{64}, expected 2b847d21/,
    );
  });

  it('asks for another Python’s wheel when its own has none', async () => {
    const python = await fakePython('if [ "$1" = -c ]; then echo 3.99; else echo "$@"; exit 1; fi');
    await expect(installFromWheel(folder, { progress, python })).rejects.toThrow(/--python-version 3\.13/);
  });

  it('ends pip when it is cancelled', async () => {
    const python = await fakePython('if [ "$1" = -c ]; then echo 3.12; else exec sleep 60; fi');
    const cancel = new AbortController();
    setTimeout(() => {
      cancel.abort();
    }, 300);
    await expect(installFromWheel(folder, { progress, python, signal: cancel.signal })).rejects.toThrow(/abort/i);
  });
});

describe('compiling the addon', () => {
  const options = { progress, include: '/nowhere', libraries: [] };

  it('says that there is no compiler', async () => {
    const { PATH, CXX } = process.env;
    process.env['PATH'] = folder;
    delete process.env['CXX'];
    try {
      await expect(compileAddon(folder, options)).rejects.toThrow(/no C\+\+ compiler/);
    } finally {
      process.env['PATH'] = PATH;
      if (CXX !== undefined) process.env['CXX'] = CXX;
    }
  });

  it('says what the compiler said', async () => {
    const { CXX } = process.env;
    process.env['CXX'] = await fakePython(
      'if [ "$1" = --version ]; then exit 0; fi; echo "tfjs.cc:1: error: oh"; exit 1',
    );
    try {
      await expect(compileAddon(folder, options)).rejects.toThrow(/does not compile.*error: oh/);
    } finally {
      if (CXX === undefined) delete process.env['CXX'];
      else process.env['CXX'] = CXX;
    }
  });

  it('takes the sources beside a packaged program before the checkout’s', async () => {
    const { mkdir } = await import('node:fs/promises');
    await mkdir(join(folder, 'native-src'));
    expect(addonSources(join(folder, 'setup.js')).binding).toBe(join(folder, 'native-src', 'binding'));
    expect(addonSources().binding).toMatch(/tfjs-node-gpu.binding$/);
  });
});

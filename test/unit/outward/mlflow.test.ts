import { describe, expect, it } from 'vitest';
import { findOrMake, searchable } from '../../../src/outward/mlflow/mlflowRun';
import { cutTo, inParts, mlflowNames } from '../../../src/outward/mlflow/names';
import { createAsk } from '../../../src/outward/mlflow/rest';
import { mlflowServer } from '../../../src/outward/mlflow/server';
import type { Run } from '../../../src/runs';
import { startMlflow } from '../../mlflowServer';

describe('names for MLflow', () => {
  it('have what it takes alone, and stay apart', () => {
    const names = mlflowNames([
      'accuracy/test',
      'perturbed accuracy/rotation ±15°',
      'perturbed accuracy/rotation 15',
      'perturbed accuracy/rotation −15…15°',
      '..//ü',
    ]);
    expect([...names.values()]).toEqual([
      'accuracy/test',
      'perturbed accuracy/rotation 15',
      'perturbed accuracy/rotation 15 2',
      'perturbed accuracy/rotation -15 to 15',
      'u',
    ]);
  });

  it('and values are cut where they are too long', () => {
    expect(cutTo('abcdef', 6)).toBe('abcdef');
    expect(cutTo('abcdefg', 6)).toBe('abcde…');
    expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  });
});

describe('the MLflow server', () => {
  const token = { MLFLOW_TRACKING_TOKEN: 'secret' };

  it('is the typed one, else the study’s, else the environment’s', () => {
    const environment = { MLFLOW_TRACKING_URI: 'http://c:1/' };
    expect(mlflowServer({ typed: 'http://a/x/', ofStudy: 'http://b' }, environment).address).toBe('http://a/x');
    expect(mlflowServer({ ofStudy: 'http://b' }, environment).address).toBe('http://b');
    expect(mlflowServer({}, environment).address).toBe('http://c:1');
  });

  it('gets credentials where the person names it, and not because a study does', () => {
    expect(mlflowServer({ typed: 'http://a' }, token).headers).toEqual({ authorization: 'Bearer secret' });
    expect(mlflowServer({ ofStudy: 'http://a' }, token)).toMatchObject({ headers: {}, keepsCredentials: true });
    const same = { ...token, MLFLOW_TRACKING_URI: 'http://a/' };
    expect(mlflowServer({ ofStudy: 'http://a/mlflow' }, same).headers).toEqual({ authorization: 'Bearer secret' });
    const other = { ...token, MLFLOW_TRACKING_URI: 'http://b' };
    expect(mlflowServer({ ofStudy: 'http://a' }, other).headers).toEqual({});
  });

  it('is told user and password before a token', () => {
    const both = { ...token, MLFLOW_TRACKING_USERNAME: 'me', MLFLOW_TRACKING_PASSWORD: 'pw' };
    // base64 of "me:pw"
    expect(mlflowServer({ typed: 'https://a' }, both).headers).toEqual({ authorization: 'Basic bWU6cHc=' });
  });

  it.each([
    [{}, 'no MLflow server is named'],
    [{ typed: 'ftp://a' }, 'not the address of an MLflow server'],
    [{ typed: 'nonsense' }, 'not the address of an MLflow server'],
    [{ typed: 'http://me:pw@a' }, 'Credentials go into MLFLOW_TRACKING_USERNAME'],
  ])('is refused where it is %j', (named, message) => {
    expect(() => mlflowServer(named, {})).toThrow(message);
    expect(() => mlflowServer(named, {})).not.toThrow('pw@');
  });

  it('is no word about credentials where there are none in it', () => {
    expect(() => mlflowServer({ typed: 'nonsense' }, {})).not.toThrow('Credentials');
  });
});

describe('a run on the MLflow server', () => {
  it('is found again whatever its folder is called', async () => {
    const server = await startMlflow();
    try {
      const ask = createAsk(mlflowServer({ typed: server.address }), new AbortController().signal);
      const manifest = { createdAt: '2026-11-30T08:45:00.000Z', studyHash: 'a', seed: 1, versions: {}, engine: {} };
      const study = { name: 'tiny', model: { architecture: 'resnet20' } };
      const called = (id: string): Run =>
        ({ id, manifest: { ...manifest, dataset: { description: 'd' } }, study }) as unknown as Run;
      for (const id of ["it's mine", 'a "b" `c`', 'back\\', '100%', '100%25', '20261130-084500-3fa9']) {
        const made = await findOrMake(ask, called(id), 'e', 'n');
        expect(await findOrMake(ask, called(id), 'e', 'n')).toEqual(made);
      }
      expect(server.runs.map(({ tags }) => tags['epochlens.run'])).toContain("it's mine");
      expect([server.runs.length, server.wrong]).toEqual([6, []]);
    } finally {
      await server.close();
    }
  });

  it('is named as ever where its folder has an ordinary name', () => {
    expect(searchable('20261130-084500-3fa9 2026')).toBe('20261130-084500-3fa9 2026');
    expect(searchable("it's 100%")).toBe('it%27s 100%25');
  });
});

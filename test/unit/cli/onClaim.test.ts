/** What pods see of this machine's files. */
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environmentOfPods, placesReadBy, refuseOutside } from '../../../src/cli/cluster/onClaim';
import { parseStudy, type LocatedStudy } from '../../../src/study';

let mount: string;
let outside: string;
beforeEach(async () => {
  mount = await realpath(await mkdtemp(join(tmpdir(), 'epochlens-claim-')));
  outside = await realpath(await mkdtemp(join(tmpdir(), 'epochlens-outside-')));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const each of [mount, outside]) await rm(each, { recursive: true });
});

function study(dataset: object, model: object): LocatedStudy {
  const path = join(mount, 'a.epochlens.json');
  const parsed = parseStudy(JSON.stringify({ dataset, model }), path);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { study: parsed.study, folder: mount, path, modelPath: ['model'] };
}
const refused = (located: LocatedStudy): void => {
  refuseOutside(mount, placesReadBy([located]));
};

const SYNTHETIC = { kind: 'synthetic' };
const RESNET = { architecture: 'resnet18', inputSize: 64 };

describe.skipIf(process.platform === 'win32')('what cells read', () => {
  it('may lie beside the study, or be drawn', () => {
    refused(study({ kind: 'cifar10', folder: 'data' }, { architecture: 'resnet20', weights: 'w.safetensors' }));
    refused(study(SYNTHETIC, { architecture: 'resnet20' }));
  });

  it('is refused elsewhere: images, weights and the hub’s cache', () => {
    const { data, weights } = { data: join(outside, 'data'), weights: join(outside, 'w.safetensors') };
    expect(() => refused(study({ kind: 'cifar10', folder: data }, {}))).toThrow(
      `pods would not see this: it is not on the claim: expected a file below ${mount}. Put the images there`,
    );
    expect(() => refused(study({ kind: 'cifar10', folder: data }, {}))).toThrow(`(${data})`);
    expect(() => refused(study(SYNTHETIC, { architecture: 'resnet20', weights }))).toThrow(/w\.safetensors: pods/);
    vi.stubEnv('HF_HOME', outside);
    expect(() => refused(study(SYNTHETIC, { ...RESNET, weights: 'imagenet' }))).toThrow(/hub: pods .*by HF_HOME/);
    vi.stubEnv('EPOCHLENS_DATA', outside);
    expect(() => refused(study({ kind: 'cifar10', folder: 'data' }, {}))).toThrow(`(${outside})`);
  });

  it('is refused where only a link to it lies on the claim', async () => {
    await mkdir(join(outside, 'cifar'));
    await symlink(join(outside, 'cifar'), join(mount, 'data'));
    expect(() => refused(study({ kind: 'cifar10', folder: 'data' }, {}))).toThrow(/data: pods would not see this/);
  });
});

describe.skipIf(process.platform === 'win32')('the variables of pods', () => {
  it('are those that are set here, but for paths that only this machine has', () => {
    vi.stubEnv('EPOCHLENS_CACHE', join(mount, 'cache'));
    vi.stubEnv('EPOCHLENS_DATA', outside);
    vi.stubEnv('EPOCHLENS_NATIVE', 'off');
    vi.stubEnv('HF_HOME', join(mount, 'hub cache'));
    vi.stubEnv('HF_HUB_CACHE', '');
    vi.stubEnv('EPOCHLENS_TENSORBOARD', '1');
    vi.stubEnv('MLFLOW_TRACKING_URI', 'http://mlflow:5000');
    vi.stubEnv('MLFLOW_TRACKING_TOKEN', 'secret');
    const own = {
      EPOCHLENS_TENSORBOARD: '1',
      MLFLOW_TRACKING_URI: 'http://mlflow:5000',
      EPOCHLENS_CACHE: join(mount, 'cache'),
      EPOCHLENS_NATIVE: 'off',
      HF_HOME: join(mount, 'hub cache'),
    };
    expect(environmentOfPods(mount, [study(SYNTHETIC, {})])).toEqual(own);
    vi.stubEnv('MLFLOW_TRACKING_URI', 'http://me:secret@mlflow:5000');
    expect(environmentOfPods(mount, [study(SYNTHETIC, {})])).not.toHaveProperty('MLFLOW_TRACKING_URI');
    // As its home is another, the hub's cache is named to a pod also where it lies where it usually does.
    vi.stubEnv('HF_HOME', '');
    vi.stubEnv('XDG_CACHE_HOME', join(mount, 'xdg'));
    expect(environmentOfPods(mount, [study(SYNTHETIC, { ...RESNET, weights: 'imagenet' })])).toMatchObject({
      HF_HUB_CACHE: join(mount, 'xdg', 'huggingface', 'hub'),
    });
  });
});

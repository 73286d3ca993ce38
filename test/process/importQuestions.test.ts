/** What `import --json` cannot know of other people's checkpoints, by the real command line. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTheirs, type TheirFile } from '../claimingCheckpoints';
import { epochlens, launch, temporaryFolder } from './cli';

describe('what files leave open is an event, so that a program can ask a person', () => {
  const refusal = async (files: readonly TheirFile[], ...more: string[]) => {
    const folder = join(await temporaryFolder(), 'theirs');
    await writeTheirs(folder, files);
    const { code, stdout, stderr } = await epochlens(['import', folder, '--inspect', '--json', ...more]);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const { event, message, question } = events.at(-1) ?? {};
    if (code === 0) return events.at(-1);
    expect(code).toBe(2);
    expect(event).toBe('refused');
    expect(stderr.trim()).toBe(`epochlens: ${String(message)}`);
    return question;
  };
  const at = (name: string): unknown => expect.stringMatching(new RegExp(`/theirs/${name}$`));

  it('epochs that clash, in the order in which --epochs takes them', async () => {
    const files = ['b.safetensors', 'a.safetensors'].map((name) => ({ name, says: { epoch: '5' } }));
    expect(await refusal(files)).toEqual({
      kind: 'epochs',
      files: [
        { path: at('a.safetensors'), epoch: 5 },
        { path: at('b.safetensors'), epoch: 5 },
      ],
    });
    expect(await refusal(files, '--epochs', '1,2')).toMatchObject({
      checkpoints: [
        { path: at('a.safetensors'), epoch: 1 },
        { path: at('b.safetensors'), epoch: 2 },
      ],
    });
  });

  it('a network that calls itself another', async () => {
    const files = [{ name: 'a.safetensors', says: { arch: 'preact_resnet20' } }];
    expect(await refusal(files)).toEqual({
      kind: 'architecture',
      path: at('a.safetensors'),
      claimed: 'preact_resnet20',
      recognised: 'resnet20',
    });
    expect(await refusal(files, '--architecture', 'resnet20')).toMatchObject({ architecture: 'resnet20' });
  });

  it('several networks of which none is the likelier', async () => {
    const files = [{ name: 'a.safetensors', stateDicts: ['student', 'teacher'] }];
    expect(await refusal(files)).toEqual({ kind: 'stateDict', keys: ['student', 'teacher'] });
    expect(await refusal(files, '--state-dict', 'teacher')).toMatchObject({
      stateDicts: { chosen: 'teacher', others: ['student'] },
    });
  });

  it('averaged weights beside raw ones are taken, and both are named', async () => {
    const files = [{ name: 'a.safetensors', stateDicts: ['state_dict', 'state_dict_ema'] }];
    expect(await refusal(files)).toMatchObject({ stateDicts: { chosen: 'state_dict_ema', others: ['state_dict'] } });
  });
});

it('an import that is stopped while it measures leaves nothing', async () => {
  const folder = await temporaryFolder();
  await writeTheirs(
    join(folder, 'theirs'),
    [1, 2, 3].map((epoch) => ({ name: `epoch-${epoch}.safetensors` })),
  );
  const options = ['--synthetic', '--normalization', 'cifar10', '--engine', 'wasm', '--json'];
  const running = launch(['import', 'theirs', ...options], { cwd: folder });
  await running.said('Epoch 2: evaluated');
  running.child.kill('SIGTERM');
  const { code, stdout } = await running.finished;
  expect(code).not.toBe(0);
  expect(stdout).not.toContain('"event":"imported"');
  const left = await readdir(folder, { recursive: true });
  expect(
    left.filter((path) => !path.startsWith('theirs')).filter((path) => !/^\.epochlens(\/\.gitignore)?$/.test(path)),
  ).toEqual([]);
});

/** What a study expects of its measurements, by the commands that measure: what they print, and how they exit. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseMarkup, type Element } from '../markup';
import { reportFromData, withoutPixels } from '../reportFromData';
import { epochlens, succeed, temporaryFolder, TINY, writeStudy } from './cli';

describe('measurements that a study expects something of', () => {
  let folder: string;
  let run: string;
  let study: string;
  const expecting = (measurements: object): Promise<string> =>
    writeStudy(folder, { ...TINY, ...measurements }, 'trust');

  beforeAll(async () => {
    folder = await temporaryFolder();
    run = join(folder, 'run');
    study = await expecting({});
    await succeed(['train', study, '--engine', 'wasm', '--run', run]);
  });

  it('exit with 1 where they miss it, and say what was found and expected', async () => {
    await expecting({ calibration: { nll: { max: 0 }, ece: { max: 1 } } });
    const { code, stderr } = await epochlens(['calibration', run, '--engine', 'wasm', '--no-perturbations']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/3 of 3 tests failed/);
    expect(stderr).toMatch(
      /calibration at epoch 2: NLL \d+\.\d{4} \(20 images\), expected at most 0 \(found: ECE 0\.\d+/,
    );
  });

  it('are not held against another measurement than the study’s, which is said', async () => {
    await expecting({ calibration: { nll: { max: 0 } } });
    const command = ['calibration', run, '--engine', 'wasm', '--no-perturbations', '--images', '5'];
    expect(await succeed(command)).toContain(
      'The study’s "calibration" is not judged: its measurement is the one without --images.',
    );
  });

  it('exit with 0 where they meet it, of what is kept, and have the tests in their document', async () => {
    await expecting({ calibration: { images: 20, ece: { max: 1 } } });
    const stdout = await succeed(['calibration', run, '--engine', 'wasm', '--no-perturbations', '--json']);
    const { tests } = JSON.parse(stdout) as { tests: { epoch: number; passed: boolean }[] };
    expect(tests.map(({ epoch, passed }) => [epoch, passed])).toEqual([0, 1, 2].map((epoch) => [epoch, true]));
  });

  it('are of the images and scores that the study names', async () => {
    await expecting({ faithfulness: { images: 3, deletion: { max: 1, belowRandomBy: 1 }, muFidelity: { min: -1 } } });
    const { code, stderr, stdout } = await epochlens([
      'faithfulness',
      run,
      '--engine',
      'wasm',
      '--checkpoints',
      '2',
      '--json',
    ]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/1 of 1 tests failed/) as string]);
    expect(stderr).toMatch(/Deletion below a random map by -?−?\d\.\d+ \(.*3 images\), expected at least 1/);
    expect(stderr).not.toMatch(/μ-fidelity -?\d.*expected/);
    const { images, scores } = JSON.parse(stdout) as { images: unknown[]; scores: string[] };
    expect(images).toHaveLength(3);
    expect(scores).toContain('muFidelity');
  });

  it('are of sanity checks, and of masks and mosaics together', async () => {
    await expecting({
      sanity: { images: 4, classSensitivity: { max: -1 } },
      localisation: { images: 4, energy: { min: 0 } },
      focus: { mosaics: 3, share: { min: 1 } },
    });
    const of = async (command: string, ...options: string[]) =>
      epochlens([command, run, '--engine', 'wasm', '--checkpoints', '2', '--json', ...options]);
    const sanity = await of('sanity', '--only', 'classSensitivity');
    expect([sanity.code, sanity.stderr]).toEqual([1, expect.stringMatching(/1 of 1 tests failed/) as string]);
    expect(sanity.stderr).toMatch(/sanity at epoch 2: class sensitivity .*\(4 images\), expected at most -1/);
    const both = await of('localisation');
    expect([both.code, both.stderr]).toEqual([1, expect.stringMatching(/1 of 2 tests failed/) as string]);
    expect(both.stderr).toMatch(/focus at epoch 2: Focus .*expected at least 1/);
    const document = JSON.parse(both.stdout) as Record<'tests' | 'focusTests', { passed: boolean }[]>;
    expect([document.tests, document.focusTests].map(([only]) => only?.passed)).toEqual([true, false]);
    expect((await of('localisation', '--focus', '0')).code).toBe(0);
  });

  it('are sections of the report where they are kept, and computed for it only where they are asked for', async () => {
    await expecting({ faithfulness: { images: 3 }, calibration: { images: 20 }, sanity: { images: 4 } });
    const page = async (...options: string[]): Promise<Element> => {
      const { code, stderr } = await epochlens(['report', run, '--engine', 'wasm', '--quick', ...options]);
      expect([code, stderr]).toEqual([0, expect.anything()]);
      return parseMarkup(await readFile(join(run, 'report.html'), 'utf8'));
    };
    const rowsIn = (of: Element, id: string): number =>
      of
        .all('section')
        .find(({ attributes }) => attributes['id'] === id)
        ?.all('table')[0]
        ?.all('tbody')[0]
        ?.all('tr').length ?? 0;
    // Of the one checkpoint that was scored, under its method's head; of the three whose logits are kept.
    const kept = await page();
    expect(['faithfulness', 'calibration', 'sanity', 'agreement'].map((id) => rowsIn(kept, id))).toEqual([2, 3, 2, 0]);
    const asked = await page('--with', 'faithfulness,agreement', '--checkpoints', '1,2');
    expect(['faithfulness', 'agreement'].map((id) => rowsIn(asked, id))).toEqual([3, 3]);
    const json = await readFile(join(run, 'report.json'), 'utf8');
    expect(withoutPixels(reportFromData(json))).toBe(withoutPixels(await readFile(join(run, 'report.html'), 'utf8')));
    expect((await epochlens(['report', run, '--with', 'faith'])).code).toBe(2);
  });

  it('are refused where nothing could meet them', async () => {
    await expecting({ calibration: { ece: { min: 0.2, max: 0.1 } } });
    const { code, stderr } = await epochlens(['calibration', run, '--engine', 'wasm']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/no ECE can be at least 0\.2 and at most 0\.1/) as string,
    ]);
  });
});

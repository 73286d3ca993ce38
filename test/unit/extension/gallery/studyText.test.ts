import { describe, expect, it } from 'vitest';
import { difference, readImages, withImages } from '../../../../src/extension/gallery/studyText';
import { withExplanation } from '../../../../src/extension/runPanel/writeExplanation';
import { parseStudy } from '../../../../src/study';

const FILE = '/w/a.epochlens.json';
const study = `{
  // What this is about.
  "name": "first-light",
  "dataset": { "kind": "synthetic" },
  "explain": {
    "checkpoints": "all", // every one
    "images": { "random": 8 } /* drawn */
  },
  "perturbations": []
}
`;

const save = (text: string, test: number[], train: number[] = []) => withImages(text, { test, train }, FILE);

/** As the whole of the study is understood: it throws where anything is wrong. */
function imagesIn(text: string): unknown {
  const parsed = parseStudy(text, FILE);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.study.explain.images;
}

describe('images in a study file', () => {
  it('take the place of those at random, and nothing else changes', () => {
    const now = save(study, [3, 17, 42], [5]);
    expect(imagesIn(now)).toEqual({ test: [3, 17, 42], train: [5] });
    for (const comment of ['// What this is about.', '// every one', '/* drawn */']) expect(now).toContain(comment);
    expect(now).toContain('[3, 17, 42]');
    expect(now).not.toContain('random');
  });

  it('replace a list, and remove one that is empty', () => {
    const now = save(save(study, [3, 17, 42], [5]), [9]);
    expect(imagesIn(now)).toEqual({ test: [9], train: [] });
  });

  it('come to a study that says nothing of explaining', () => {
    expect(imagesIn(save('{\n  "name": "a"\n}\n', [1, 2]))).toEqual({ test: [1, 2], train: [] });
    expect(imagesIn(save('{}', [1]))).toEqual({ test: [1], train: [] });
  });

  it('keep the comments within a list', () => {
    const commented = study.replace(
      '{ "random": 8 }',
      '{\n      "test": [\n        3, // the frog\n        17,\n        42 // a ship\n      ]\n    }',
    );
    const now = save(commented, [3, 42, 50]);
    expect(imagesIn(now)).toEqual({ test: [3, 42, 50], train: [] });
    for (const comment of ['// the frog', '// a ship']) expect(now).toContain(comment);
  });

  it('lie in lines that can be read', () => {
    const many = Array.from({ length: 1000 }, (_, index) => index * 9);
    const now = save(study, many);
    expect(imagesIn(now)).toEqual({ test: many, train: [] });
    expect(Math.max(...now.split('\n').map((line) => line.length))).toBeLessThan(120);
    expect(imagesIn(save(now, [1]))).toEqual({ test: [1], train: [] });
  });

  it('keep the ends of the lines that the file has', () => {
    const now = save(study.replaceAll('\n', '\r\n'), [3, 17]);
    expect(now.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('are refused to a file that is no JSON', () => {
    expect(() => save('{ "name": ', [1])).toThrow(/Correct what the editor marks/);
    expect(() => save('{ "explain": 3 }', [1])).toThrow(/the selection cannot be saved/);
  });

  it('are known to be at random', () => {
    expect(readImages(study)).toEqual({ dataset: { kind: 'synthetic' }, random: 8 });
    expect(readImages('{}').random).toBe(8);
    expect(readImages(save(study, [1])).random).toBeNull();
  });
});

it('finds the one stretch in which two texts differ', () => {
  expect(difference('abcd', 'abXYd')).toEqual({ start: 2, end: 3, text: 'XY' });
  expect(difference('aaa', 'aa')).toEqual({ start: 2, end: 3, text: '' });
  expect(difference('same', 'same')).toEqual({ start: 4, end: 4, text: '' });
});

describe('how heatmaps are made, in a study file', () => {
  const write = (text: string, method: string, parameters: Record<string, number | string>) =>
    withExplanation(text, { method, parameters, layer: 'layer3.2' }, FILE);

  it('is set beside what is there, without what is the default, and taken out again', () => {
    const now = write(study, 'occlusion', { window: 4, stride: 4, fill: 'mean' });
    const parsed = parseStudy(now, FILE);
    expect(parsed.ok && parsed.study.explain).toMatchObject({
      method: 'occlusion',
      parameters: { window: 4 },
      layer: 'layer3.2',
    });
    expect(now).toContain('"checkpoints": "all", // every one');
    expect(now).not.toContain('stride');
    const back = write(now, 'gradcam', {});
    expect(back).not.toContain('parameters');
    expect(back).toContain('"method": "gradcam"');
  });

  it('is written into a study that says nothing of heatmaps, and not into what is none', () => {
    const short = '{\n  "name": "a"\n}\n';
    expect(JSON.parse(write(short, 'rise', {}))).toEqual({ name: 'a', explain: { method: 'rise', layer: 'layer3.2' } });
    for (const text of ['{ "explain": [] }', '{ "explain": ', '[]'])
      expect(() => write(text, 'rise', {})).toThrow(/selection cannot be saved/);
  });
});

import { describe, expect, it } from 'vitest';
import { parseStudy, restoredStudyText, studyHash, type Study } from '../../../src/study';

const FILE = '/somewhere/a.epochlens.json';

function studyOf(text: string, at = 0): Study {
  const parsed = parseStudy(text, FILE);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.studies[at] as Study;
}

const BEFORE = `{
  // Why this study is made.
  "dataset": { "kind": "synthetic", "trainCount": 200 },
  "training": { "epochs": 12, "learningRate": 0.1 },
  "perturbations": [{ "kind": "rotation" }]
}`;
const NOW = `{
  // Why this study is made.
  "dataset": { "kind": "synthetic", "trainCount": 200, "seed": 7 },
  "training": { "epochs": 3, "learningRate": 0.1, "augmentation": "flipCrop" },
  "perturbations": [] // what is asked stays
}`;

describe('restoredStudyText', () => {
  it('brings settings back by edits, and leaves comments and what is asked of checkpoints', () => {
    const run = studyOf(BEFORE);
    const text = restoredStudyText(NOW, FILE, run);
    expect(studyHash(studyOf(text))).toBe(studyHash(run));
    expect(text).toContain('// Why this study is made.');
    expect(text).toContain('"perturbations": [] // what is asked stays');
    expect(text).toContain('"epochs": 12');
  });

  it('changes nothing where nothing differs', () => {
    expect(restoredStudyText(BEFORE, FILE, studyOf(BEFORE))).toBe(BEFORE);
  });

  it('brings back another kind of data as a whole', () => {
    const run = studyOf('{ "dataset": { "kind": "cifar10", "folder": "data", "trainLimit": 100 } }');
    const text = restoredStudyText(NOW, FILE, run);
    expect(studyOf(text).dataset).toEqual(run.dataset);
    expect(studyHash(studyOf(text))).toBe(studyHash(run));
  });

  it('changes the model of the run in a list of several', () => {
    const list = '{ "model": [{ "architecture": "resnet32" }, { "architecture": "resnet20", "inputSize": 48 }] }';
    const run = studyOf('{ "model": { "architecture": "resnet20" } }');
    const text = restoredStudyText(list, FILE, run);
    expect(studyHash(studyOf(text, 1))).toBe(studyHash(run));
    expect(studyOf(text).model).toEqual(studyOf(list).model);
  });

  it('changes nothing where a cell of the sweep trains the same', () => {
    const file =
      '{ "training": { "epochs": 2 }, "sweep": { "axes": { "training.learningRate": [0.1, 0.05] }, "seeds": 2 } }';
    const run = studyOf('{ "training": { "epochs": 2, "learningRate": 0.05, "seed": 2 } }');
    expect(restoredStudyText(file, FILE, run)).toBe(file);
  });

  it('takes the place of a text that is no study', () => {
    const run = studyOf(BEFORE);
    const text = restoredStudyText('{ "training": ', FILE, run);
    expect(studyOf(text)).toEqual(run);
  });
});

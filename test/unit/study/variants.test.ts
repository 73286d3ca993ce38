import { describe, expect, it } from 'vitest';
import { parseStudy, problemText, studyHash, studyText, type ParsedStudy } from '../../../src/study';

const parse = (study: unknown): ParsedStudy => parseStudy(JSON.stringify(study, null, 1), 'both.epochlens.json');
const problems = (study: unknown): string[] => {
  const parsed = parse(study);
  return parsed.ok ? [] : parsed.problems.map(problemText);
};
const studiesOf = (study: unknown) => {
  const parsed = parse(study);
  if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('\n'));
  return parsed.studies;
};

describe('a study of several models', () => {
  const BOTH = {
    model: [{ architecture: 'efficientnet_b0', inputSize: 96 }, { architecture: 'resnet18' }],
    training: { epochs: 3 },
    perturbations: [{ kind: 'rotation' }],
  };

  it('is a study of each, as if each were alone in the file', () => {
    const studies = studiesOf(BOTH);
    expect(studies.map(({ model }) => [model.architecture, model.inputSize])).toEqual([
      ['efficientnet_b0', 96],
      ['resnet18', 224],
    ]);
    studies.forEach((study, index) => {
      const [alone] = studiesOf({ ...BOTH, model: BOTH.model[index] });
      expect(study).toEqual(alone);
      expect(studyHash(study)).toBe(studyHash(alone));
      // Its own text is a study of one model.
      expect(studiesOf(JSON.parse(studyText(study)))).toEqual([study]);
    });
    const parsed = parse(BOTH);
    expect(parsed.ok && parsed.study).toEqual(studies[0]);
  });

  it('is the same as one model where the list holds one', () => {
    expect(studiesOf({ model: [{}] })).toEqual(studiesOf({ model: {} }));
  });

  it('names what is wrong, at its place in the list', () => {
    expect(problems({ model: [] })).toEqual([expect.stringMatching(/\(model\).*a list of 1 to 20/) as string]);
    expect(problems({ model: [{ architecture: 'resnet21' }] })).toEqual([
      expect.stringMatching(
        /line \d+.*\(model\[0\]\.architecture\).*found "resnet21".*Did you mean "resnet20"/,
      ) as string,
    ]);
    expect(problems({ model: [{}, { architecure: 'resnet32' }] })).toEqual([
      expect.stringMatching(/\(model\[1\]\.architecure\).*unknown field.*Did you mean "architecture"/) as string,
    ]);
    expect(
      problems({ model: [{ architecture: 'resnet18' }, { architecture: 'resnet20', weights: 'imagenet' }] }),
    ).toEqual([expect.stringMatching(/\(model\[1\]\.weights\).*no ImageNet weights for resnet20/) as string]);
    expect(problems({ model: 3 })).toEqual([
      expect.stringMatching(/\(model\).*an object.*or a list of 1 to 20/) as string,
    ]);
  });

  it('names no architecture twice', () => {
    expect(problems({ model: [{}, { architecture: 'resnet32' }, { architecture: 'resnet20' }] })).toEqual([
      expect.stringMatching(/\(model\[2\]\.architecture\): an architecture is named twice: found "resnet20"/) as string,
    ]);
  });

  it('says what is wrong with all of it once', () => {
    expect(problems({ ...BOTH, perturbations: [{ kind: 'rotation', degrees: [3, -3] }] })).toHaveLength(1);
  });
});

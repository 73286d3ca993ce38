import { describe, expect, it } from 'vitest';
import { parseStudy, studyHash, studyInForce } from '../../../src/study';
import { studyJsonSchemaText } from '../../../src/study/jsonSchema';

const parse = (fields: object) => parseStudy(JSON.stringify({ name: 'demo', ...fields }), 'demo.epochlens.json');
const study = (fields: object) => {
  const parsed = parse(fields);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.study;
};

const FAITHFULNESS = { images: 40, deletion: { max: 0.3, belowRandomBy: 0.1 } };

describe('measurements in a study', () => {
  it('are taken as they are written, and absent where they are', () => {
    expect(study({ faithfulness: FAITHFULNESS }).faithfulness).toEqual(FAITHFULNESS);
    expect(study({ calibration: { ece: { max: 0.05 } }, focus: {} })).toMatchObject({
      calibration: { ece: { max: 0.05 } },
      focus: {},
    });
    expect(Object.keys(study({}))).not.toContain('faithfulness');
  });

  it('are no part of what a run is trained by, and count as the file has them now', () => {
    const [before, now] = [study({}), study({ faithfulness: FAITHFULNESS })];
    expect(studyHash(now)).toBe(studyHash(before));
    expect(studyInForce(before, [now]).faithfulness).toEqual(FAITHFULNESS);
    expect(studyInForce(now, [before])).not.toHaveProperty('faithfulness');
  });

  it.each([
    ['an unknown score', { faithfulness: { deltion: { max: 1 } } }, /unknown field "deltion".*Did you mean "deletion"/],
    ['an unknown limit', { faithfulness: { deletion: { belowBlobb: 1 } } }, /unknown field "belowBlobb"/],
    [
      'a limit on the worse side',
      { faithfulness: { deletion: { aboveRandomBy: 1 } } },
      /unknown field "aboveRandomBy"/,
    ],
    ['a limit out of the range', { calibration: { ece: { max: 2 } } }, /a number from 0 to 1/],
    [
      'min above max',
      { sanity: { classSensitivity: { min: 0.5, max: 0.2 } } },
      /no class sensitivity can be at least 0\.5 and at most 0\.2/,
    ],
    ['no images', { localisation: { images: 0 } }, /a whole number from 1 to 10000/],
    ['mosaics of what has none', { faithfulness: { mosaics: 4 } }, /unknown field "mosaics"/],
  ])('refuse %s', (_, fields, said) => {
    const parsed = parse(fields);
    const problems = parsed.ok ? [] : parsed.problems;
    expect(problems.map(({ summary, expected, advice }) => [summary, expected, advice].join(' ')).join('\n')).toMatch(
      said,
    );
  });

  it('have hovers', () => {
    const schema = JSON.parse(studyJsonSchemaText()) as {
      properties: Record<
        string,
        { properties: Record<string, { properties: Record<string, { description: string }> }> }
      >;
    };
    expect(schema.properties['faithfulness']?.properties['deletion']?.properties['belowRandomBy']?.description).toMatch(
      /At least this much below that of a random map.* Default: nothing is asked of it\./,
    );
  });
});

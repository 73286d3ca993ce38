/** The studies in media/examples: each parses, and each cell of a sweep is a training of its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseStudy, studyHash, studyText } from '../../../src/study';

const folder = join(import.meta.dirname, '../../../media/examples');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.epochlens.json') && !name.includes('.epochlens/'),
);

function parsed(text: string, name: string) {
  const result = parseStudy(text, name);
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.problems)}`);
  return result;
}

describe.each(files)('%s', (file) => {
  const result = parsed(readFileSync(join(folder, file), 'utf8'), file);

  it('is named as its file, and stays what it is when it is written down', () => {
    expect(`${result.study.name}.epochlens.json`).toBe(basename(file));
    expect(studyHash(parsed(studyText(result.study), file).study)).toBe(studyHash(result.study));
  });

  it('has cells that each train to other weights, and a baseline among its recipes', () => {
    const { sweep } = result;
    if (sweep === undefined) return;
    expect(sweep.cells).toHaveLength(sweep.recipes.length * sweep.seeds.length);
    expect(new Set(sweep.cells.map(({ id }) => id)).size).toBe(sweep.cells.length);
    expect(sweep.recipes).toContain(sweep.baseline);
    for (const { id, study } of sweep.cells)
      expect(studyHash(parsed(studyText(study), file).study), 'as run.json reads it').toBe(id);
  });
});

it('are the question of the study, its small twin, and rows that were published', () => {
  expect(files.length).toBeGreaterThanOrEqual(9);
});

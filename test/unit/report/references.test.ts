import { describe, expect, it } from 'vitest';
import { METHOD_IDS } from '../../../src/explanations';
import { METHOD_SOURCES } from '../../../src/report/methods/heatmaps';
import { bibtex, readable, reference } from '../../../src/report/references/bibtex';
import { REFERENCES, type ReferenceKey } from '../../../src/report/references/entries';
import { usedReferences } from '../../../src/report/references/used';
import { METHODS } from '../../../src/explanations';
import { renderReport } from '../../../src/report/report';
import { parseMarkup } from '../../markup';
import { reportContent, runContent } from './content';

const KEYS = Object.keys(REFERENCES) as ReferenceKey[];

/** What BibTeX's standard styles ask of each type. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  article: ['author', 'title', 'journal', 'year'],
  inproceedings: ['author', 'title', 'booktitle', 'year'],
  book: ['author', 'title', 'publisher', 'year'],
  techreport: ['author', 'title', 'institution', 'year'],
  misc: ['title'],
  software: ['author', 'title'],
};

describe.each(KEYS)('%s', (key) => {
  it('has what its type needs, balanced braces, and a label of its year', () => {
    const { type, fields, label } = reference(key);
    expect(Object.keys(fields)).toEqual(expect.arrayContaining([...(REQUIRED[type] ?? [])]));
    const text = bibtex(key);
    expect(text.split('{')).toHaveLength(text.split('}').length);
    expect(text.startsWith(`@${type}{${key},\n`)).toBe(true);
    if (fields['year'] !== undefined) expect(label.endsWith(fields['year'])).toBe(true);
    if (fields['doi'] !== undefined) expect(fields['doi']).toMatch(/^10\.\d{4,}\/\S+$/);
    expect(readable(key)).not.toMatch(/[{}\\]|undefined/);
  });
});

it('has a source for every method, of the name that the method gives', () => {
  for (const id of METHOD_IDS) expect(METHOD_SOURCES[id]?.length, id).toBeGreaterThan(0);
  for (const { id, source } of METHODS)
    expect(METHOD_SOURCES[id]?.map((key) => reference(key).label)).toContainEqual(
      expect.stringMatching(new RegExp(`^${source.split(/[ ,]/)[0]}`)) as string,
    );
});

it('lists what is cited, each once, and nothing else', () => {
  const run = runContent({ perturbations: [{ kind: 'corruption', name: 'contrast' }] }, 'cifar10');
  const content = reportContent(run);
  const keys = usedReferences(content);
  expect(keys).toEqual(expect.arrayContaining(['krizhevsky2009learning', 'he2016deep', 'hendrycks2019benchmarking']));
  expect(keys).not.toContain('publishedStudy');
  expect(keys).not.toContain('simonyan2015very');
  const page = parseMarkup(renderReport(content));
  const places = new Set(page.everything().flatMap(({ attributes }) => attributes['id'] ?? []));
  const linked = page.all('a').map(({ attributes }) => attributes['href']?.slice(1) ?? '');
  expect(linked.filter((place) => !places.has(place))).toEqual([]);
  expect(
    page
      .all('pre')[0]
      ?.text()
      .match(/^@\w+\{/gm),
  ).toHaveLength(keys.length);
});

it('names the published study where its numbers stand beside', () => {
  const run = runContent({ model: { architecture: 'efficientnet_b0', weights: 'imagenet' } }, 'cifar10');
  expect(usedReferences(reportContent(run))).toEqual(
    expect.arrayContaining(['publishedStudy', 'deng2009imagenet', 'wightman2019timm', 'tan2019efficientnet']),
  );
});

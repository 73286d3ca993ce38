import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../src/report/report';
import { parseMarkup, type Element } from '../../markup';
import { claims } from '../runs/imported/manifests';
import { reportContent } from './content';
import { importedContent } from './imported';

const words = (element: Element | undefined): string => element?.text().replace(/\s+/g, ' ').trim() ?? '';
const pageOf = (...args: Parameters<typeof importedContent>): Element =>
  parseMarkup(renderReport(reportContent(importedContent(...args))).replaceAll('<br />', ' '));
const section = (page: Element, id: string): Element | undefined =>
  page.all('section').find(({ attributes }) => attributes['id'] === id);
const rowsOf = (table: Element | undefined): string[][] =>
  table?.all('tr').map((row) => row.children.map((cell) => words(cell))) ?? [];
const textOf = (page: Element): string => words(page.all('body')[0]);

/** What a report says of a training that it knows. */
const INVENTED =
  /\bSGD\b|momentum 0|weight decay 0|batches of \d|\b[Aa]fter epoch\b|trained for|learning rate 0|Weights random|untrained\)|\bSeed \d|Started/;

describe('two checkpoints', () => {
  const page = pageOf([
    { right: 8, file: { epoch: 3, claimed: claims(93.07) } },
    { right: 916, file: { epoch: 4, claimed: claims(91.73) } },
  ]);

  it('have what was measured beside what their files claim', () => {
    const summary = words(page.all('header')[0]);
    expect(summary).toContain(
      'Test accuracy of epoch 4, as its name says: measured 91.60 % (916 of 1,000); the file claims 91.73 %.',
    );
    expect(summary).toContain(
      'Test accuracy of epoch 3, as its name says: measured 0.80 % (8 of 1,000); the file claims 93.07 %.',
    );
    expect(summary).toContain('differ by more than chance');
    expect(rowsOf(section(page, 'accuracy')?.all('table')[0])).toEqual([
      [
        'Epoch',
        'Test accuracy, measured',
        'Test loss, measured',
        'Accuracy that the file claims',
        'Measured and claimed',
      ],
      ['3', '0.80 % [0.4, 1.6] 8 of 1000', '0.5000', '93.07 %', 'differ by more than chance'],
      ['4', '91.60 % [89.7, 93.2] 916 of 1000', '0.5000', '91.73 %', 'agree, but for chance'],
    ]);
    expect(words(section(page, 'accuracy'))).toMatch(/Epoch 3 \(3\.pth\) gets 0\.80 % .*Check the network/);
    expect(section(page, 'accuracy')?.all('svg')).toHaveLength(2);
  });

  it('have the highest accuracy by chance, where it is, and ties', () => {
    const told = (...right: number[]): string => {
      const checkpoints = right.map((each, at) => ({ right: each, file: { epoch: at + 1, claimed: claims(null) } }));
      return words(pageOf(checkpoints).all('header')[0]);
    };
    expect(told(916, 916, 700)).toContain(
      'Of these checkpoints epoch 3 gets 70.00 % (700 of 1,000) right; the highest that was measured is 91.60 % (916 of 1,000) at epochs 1 and 2',
    );
    expect(told(700, 916, 916)).toContain('(916 of 1,000) right, the highest that was measured (as at epoch 2).');
    expect(told(916, 915)).toMatch(/is 91\.60 % \(916 of 1,000\) at epoch 1, which is no further above it than chance/);
  });

  it('are never described as trained here', () => {
    expect(INVENTED.exec(textOf(page))).toBeNull();
    expect(words(section(page, 'provenance'))).toMatch(/How they were trained is not known here/);
    expect(rowsOf(section(page, 'provenance')?.all('table')[0])[1]).toEqual(['3', '3.pth', 'its name', 'cc']);
  });
});

describe('one checkpoint', () => {
  it('has nothing that needs several, and no epoch where nothing says one', () => {
    const page = pageOf([{ right: 916, file: { epoch: 1, claimed: claims(91.73), epochFrom: 'nothing' } }]);
    const text = textOf(page);
    expect(INVENTED.exec(text)).toBeNull();
    expect(text).not.toMatch(/\bepochs? \d|best|settle|forg[eo]t|learned on the way|highest test accuracy/i);
    expect(page.all('img').map(({ attributes }) => attributes['alt'] ?? '')).not.toContainEqual(
      expect.stringMatching(/epoch \d/) as string,
    );
    expect(page.all('svg')).toEqual([]);
    expect(section(page, 'attention')).toBeUndefined();
    expect(
      page
        .all('h2')
        .map((heading) => words(heading))
        .slice(0, 2),
    ).toEqual(['Accuracy', 'Grad-CAM']);
    expect(words(page.all('header')[0])).toContain(
      'Test accuracy of the checkpoint: measured 91.60 % (916 of 1,000); the file claims 91.73 %.',
    );
    for (const table of page.all('table')) expect(rowsOf(table).map(([head]) => head)).not.toContain('1');
  });

  it('has its epoch where its name says one', () => {
    const page = pageOf([{ right: 916, file: { epoch: 7, claimed: claims(null) } }]);
    expect(words(page.all('header')[0])).toContain(
      'Test accuracy of epoch 7, as its name says: measured 91.60 % (916 of 1,000).',
    );
    expect(rowsOf(section(page, 'accuracy')?.all('table')[0])[0]).toEqual([
      'Epoch',
      'Test accuracy, measured',
      'Test loss, measured',
    ]);
  });
});

describe('an epoch 0', () => {
  it('that was trained is called untrained nowhere, and is no randomisation check', () => {
    const page = pageOf([
      { right: 879, file: { epoch: 0, claimed: claims(null), weights: 'trained' } },
      { right: 910, file: { epoch: 1, claimed: claims(null), weights: 'trained' } },
    ]);
    expect(textOf(page).replace('No checkpoint is known to be untrained', '')).not.toMatch(/untrained/);
    expect(words(section(page, 'attention'))).toContain('No checkpoint is known to be untrained');
    expect(textOf(page)).not.toMatch(/Between the untrained heatmap/);
  });

  it('that its file shows to be untrained is', () => {
    const page = pageOf([
      { right: 100, file: { epoch: 0, claimed: claims(null), weights: 'untrained' } },
      { right: 910, file: { epoch: 1, claimed: claims(null), weights: 'trained' } },
    ]);
    expect(rowsOf(section(page, 'accuracy')?.all('table')[0])[1]?.[0]).toBe('0 (untrained)');
  });
});

it('what was not measured is a claim', () => {
  const page = pageOf([{ file: { epoch: 3, claimed: claims(93.07) } }, { file: { epoch: 4, claimed: claims(null) } }]);
  expect(words(page.all('header')[0])).toContain('Test accuracy of epoch 4, as its name says: not measured here.');
  expect(rowsOf(section(page, 'accuracy')?.all('table')[0]).slice(1)).toEqual([
    ['3', 'not measured here', '93.07 %'],
    ['4', 'not measured here', '–'],
  ]);
  expect(section(page, 'accuracy')?.all('svg')).toEqual([]);
  expect(words(section(page, 'accuracy'))).toContain('No accuracy has been measured yet');
});

it('of an imported EfficientNet-B0 no start, epochs or augmentation are told from the published study’s', () => {
  const content = importedContent([{ right: 870, file: { epoch: 1, claimed: claims(null) } }], {
    architecture: 'efficientnet_b0',
  });
  const text = words(parseMarkup(renderReport(reportContent(content))));
  expect(text).toContain('87.78 %');
  expect(text).toContain('how these checkpoints were trained is not known here');
  expect(text).not.toMatch(/this run starts from|this run is of \d+ epochs|this run augments/);
});

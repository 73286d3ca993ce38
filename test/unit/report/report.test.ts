import { describe, expect, it } from 'vitest';
import { drawCurves } from '../../../src/report/curves';
import { html, trusted } from '../../../src/report/markup';
import { estimateOf, fewOf } from '../statistics/samples';
import { estimateText, fixed, listed, percent } from '../../../src/report/numbers';
import { renderReport } from '../../../src/report/report';
import { parseMarkup, type Element } from '../../markup';
import { STUDIES } from './studies';
import { absent, NASTY, reportContent, runContent } from './content';

const words = (element: Element | undefined): string => element?.text().replace(/\s+/g, ' ').trim() ?? '';

describe('html', () => {
  it('escapes what is put in, and leaves markup and nothing as they are', () => {
    const name = '<b a="1">&\'';
    expect(html`<p title="${name}">${name}</p>`.text).toBe(
      '<p title="&lt;b a=&quot;1&quot;&gt;&amp;&#39;">&lt;b a=&quot;1&quot;&gt;&amp;&#39;</p>',
    );
    expect(html`${trusted('<i>')}${[1, html`<br />`, ['a', null]]}${false}${undefined}${0}`.text).toBe('<i>1<br />a0');
  });
});

describe('a number', () => {
  it('is a dash where it is not known, and has no sign where it is rounded to nothing', () => {
    expect([fixed(null, 2), percent(undefined), estimateText(null, 2)]).toEqual(['–', '–', '–']);
    expect([fixed(-0.0004, 3), fixed(-0.5, 1), percent(99.6)]).toEqual(['0.000', '−0.5', '99.60\u00a0%']);
    expect(estimateText(estimateOf(0.5, 0.75, 40), 2)).toBe('0.50 [−0.25, 1.25] (n = 40)');
    expect(estimateText(fewOf(0.5), 2)).toBe('0.50 (n = 3: no interval below 25 images)');
    expect([listed([]), listed([1]), listed([1, 2, 20])]).toEqual(['', '1', '1, 2 and 20']);
  });
});

describe('a curve', () => {
  it('is drawn with gaps where nothing was measured, its intervals, and a legend', () => {
    const curve = {
      name: 'test',
      colour: '#0072b2',
      points: [
        [0, null],
        [1, 50],
      ] as const,
    };
    const plain = drawCurves({ title: 'T', unit: '%', curves: [curve] }).text;
    const drawn = parseMarkup(plain);
    expect(drawn.all('svg')).toHaveLength(1);
    expect(words(drawn.all('li')[0])).toBe('test');
    const withInterval = drawCurves({ title: 'T', unit: '%', curves: [{ ...curve, intervals: [[1, 40, 60]] }] }).text;
    expect(parseMarkup(withInterval).all('path').length).toBeGreaterThan(drawn.all('path').length);
  });
});

describe('a report', () => {
  const text = renderReport(reportContent());
  // A new line is a space to whoever reads.
  const page = parseMarkup(text.replaceAll('<br />', ' '));
  const section = (id: string): Element => page.all('section').find(({ attributes }) => attributes['id'] === id)!;
  const rowsOf = (table: Element | undefined): string[][] =>
    table?.all('tr').map((row) => row.children.map((cell) => words(cell))) ?? [];

  it('says how batches were computed where it was in parts', () => {
    const provenance = section('provenance');
    const place = provenance.all('dt').findIndex((term) => words(term) === 'Parts of batches');
    expect(words(provenance.all('dd')[place])).toMatch(
      /^Batches of 64 are computed in 4 parts of 16: at once .* 1\.0 GB are free\./,
    );
  });

  it('shows what was given as text, never as markup', () => {
    expect(page.all('script')).toHaveLength(1);
    expect(text).not.toContain(NASTY);
    expect(section('provenance').all('dd')[0]?.text()).toBe(NASTY);
  });

  it('has its sections in the contents, each with its place', () => {
    const links = page.all('nav')[0]?.all('a') ?? [];
    expect(links.map(({ attributes }) => attributes['href'])).toEqual(
      page.all('section').map(({ attributes }) => `#${attributes['id'] ?? ''}`),
    );
    expect(links).toHaveLength(11);
  });

  it('has tables that say what they are and what their cells are of, and pictures that say what they show', () => {
    const numbers = page.all('table').filter(({ attributes }) => attributes['class']?.startsWith('numbers'));
    expect(numbers.length).toBeGreaterThan(5);
    for (const table of numbers) expect(words(table.all('caption')[0])).not.toBe('');
    for (const cell of page.all('th')) expect(cell.attributes['scope']).toMatch(/^(col|row|colgroup|rowgroup)$/);
    for (const figure of page.all('figure')) expect(words(figure.all('figcaption')[0])).toMatch(/\w/);
    const heats = page.all('img').filter(({ attributes }) => attributes['class'] === 'heat');
    for (const heat of heats) expect(heat.attributes['alt']).toMatch(/^Heatmap of (cat|dog) over .*, epoch \d$/);
  });

  it('says right or wrong only where the label is known, flat where the map is, and when focus settles', () => {
    const rows = section('heatmaps')
      .all('tr')
      .slice(1)
      .map((row) => row.children.slice(2));
    expect(rows.map((row) => row.map((cell) => words(cell)))).toEqual([
      ['✓ dog 95 % flat', '✓ dog 95 %', 'epoch 1 one class: epoch 0'],
      ['✗ dog 95 %', '✗ dog 95 %', 'not yet'],
      ['dog 95 %', 'dog 95 %', 'unknown: the last map is flat'],
    ]);
    expect(rows.map((row) => row.slice(0, 2).map((cell) => cell.all('img').length))).toEqual([
      [1, 2],
      [2, 2],
      [2, 2],
    ]);
  });

  it('puts a dash where nothing was measured', () => {
    expect(rowsOf(section('accuracy').all('table')[0])[1]).toEqual([
      ...['0 (untrained)', '2.0000', '0.00 %', '–', '–', '–', '1.0', '100'],
    ]);
    expect(words(page.all('header')[0])).toContain('After epoch 1 the model gets 62.50 % of the test images right.');
  });

  it('names of equally accurate epochs all', () => {
    const run = runContent();
    const [, last] = run.metrics;
    const equal = { ...run, metrics: [0, 1, 2].map((epoch) => ({ ...last!, epoch })) };
    expect(words(parseMarkup(renderReport({ ...reportContent(), runs: [equal] })))).toContain(
      'After epoch 2 the model gets 62.50 % of the test images right, the highest that was measured (as at epochs 0 and 1).',
    );
  });

  it('says where nothing was measured yet', () => {
    const begun = parseMarkup(renderReport(reportContent({ ...runContent(), metrics: [] })));
    const empty = begun.all('section').find(({ attributes }) => attributes['id'] === 'accuracy')!;
    expect([empty.all('svg'), empty.all('table')]).toEqual([[], []]);
    expect(words(empty)).toContain('No accuracy has been measured yet.');
  });

  it('tells what is misclassified: confusions, fates, both classes’ heatmaps and the search', () => {
    const misclassified = section('mistakes');
    const [confusions, fates, example, search] = misclassified.all('table');
    expect(rowsOf(confusions)[1]).toEqual(['1', '37', '37.00', 'dog → cat: 21']);
    expect(
      rowsOf(fates)
        .slice(1)
        .map((row) => row.slice(0, 3)),
    ).toEqual([
      ['always', '50', '50.0'],
      ['learned', '20', '20.0'],
      ['unsettled', '10', '10.0'],
      ['forgotten', '15', '15.0'],
      ['never', '5', '5.0'],
    ]);
    expect(rowsOf(example)[1]).toEqual(['test:1 dog', '', '✗ cat 95 %', 'dog 3 %', '']);
    expect(example?.all('img').at(-1)?.attributes['alt']).toBe('Heatmap of cat less that of dog, of test:1 at epoch 1');
    expect(rowsOf(search)[1]?.[0]).toBe('Epoch 1 test:1 dog looked at 4');
    expect(words(misclassified)).toMatch(/shuffled by the seed 7, .* Epoch 2 errs about none of them\./);
  });

  it('tells robustness with intervals, what is missing, and what fails', () => {
    const robustness = section('robustness');
    const [drops, all] = robustness.all('table');
    expect(rowsOf(drops).slice(1)).toEqual([
      ['0 (untrained)', '−0.0010 [−0.0110, 0.0090] n = 30', '0.0004 [−0.0096, 0.0104] n = 30'],
      ['1', '–', '0.2500 [0.2400, 0.2600] n = 30'],
    ]);
    const rows = rowsOf(all);
    expect(rows[1]).toEqual(['1 rotation −30…30°, 10 images in 3 rounds']);
    expect(rows[3]).toEqual(['1', ...Array<string>(9).fill('–')]);
    expect(rows[6]?.slice(0, 3)).toEqual(['1', '60.00 % [55.0, 65.0] 6 of 10', '40.00 % [35.0, 45.0] 12 of 30']);
    expect(rows[6]?.[5]).toBe('10.00 % [5.0, 15.0] 3 of 30');
    expect([rows[5]?.at(-1), rows[6]?.at(-1)]).toEqual(['passed', 'failed']);
    expect(words(robustness)).toContain(
      '1 of 2 tests pass. 2 occlusion 10 at epoch 1: confidence drop 0.2500, expected at most 0.02',
    );
  });

  it('tells what cannot be decided from what fails', () => {
    const run = runContent();
    if (!run.robustness.there) throw new Error('no robustness');
    const [first, second] = run.robustness.value.entries;
    const misses = [{ text: 'heatmap similarity cannot be decided: only 1 of 30 pairs', decided: false }];
    const entry = { ...second!, results: second!.results.map((result) => result && { ...result, misses }) };
    const undecided = { ...run, robustness: { there: true, value: { entries: [first!, entry] } } } as const;
    const shown = parseMarkup(renderReport(reportContent(undecided)));
    expect(words(shown.all('header')[0])).toContain(
      '0 of 2 perturbation tests miss what the study expects; 2 cannot be decided.',
    );
    const table = shown
      .all('section')
      .find(({ attributes }) => attributes['id'] === 'robustness')
      ?.all('table')[1];
    expect(rowsOf(table).map((row) => row.at(-1))).toContain('cannot be decided');
    expect(words(table)).not.toContain('failed');
  });

  it('leaves blank what the last checkpoint is beside itself', () => {
    const [, , last] = rowsOf(section('attention').all('table')[0]);
    expect(last?.map((cell) => cell === '')).toEqual([false, false, true, true, true, false, true, false, true, false]);
  });

  it('shows perturbed images with what is lost and how alike the maps are', () => {
    const perturbed = section('perturbed');
    const rows = rowsOf(perturbed.all('table')[0]);
    expect(rows.slice(1)).toEqual([
      ['Clean', '', '✗ cat 95 %', '✓ dog 95 %'],
      ['Round 1 −12.3°', '', '✗ cat 95 % drop 0.000, ρ –', '✓ dog 95 % drop 0.125, ρ 0.75'],
      ['Round 2 5.0°', '', '✗ cat 95 % drop 0.000, ρ –', '✓ dog 95 % drop 0.125, ρ 0.75'],
    ]);
    expect(words(perturbed.all('figcaption')[0])).toMatch(
      /the first 2 of 5 rounds beside the clean image.*turned back/,
    );
  });

  it('says when focus settles and what the randomisation check says', () => {
    const attention = words(section('attention'));
    expect(attention).toContain(
      'Focus does not settle before epoch 1: at epoch 0, the checkpoint looked at before it, the mean rank correlation with the heatmaps of epoch 1 is below 0.8 (0.250 over 97 images).',
    );
    expect(attention).toContain(
      'Focus on the class predicted last settles at epoch 0: at both checkpoints looked at from there on',
    );
    expect(attention).toContain('Between epochs 0 and 1 the prediction of 40 of 100 images changes');
    const [, first] = rowsOf(section('attention').all('table')[0]);
    expect(first?.[2]).toMatch(/^0\.250 .* rests on 97 of 100 images$/);
    expect(first?.slice(-2)).toEqual(['40 of 100', '3 of 100']);
    expect(attention).toMatch(/rank correlation is 0\.125 \[0\.115, 0\.135\] \(n = 30\).*Adebayo et al\. 2018/);
    expect(rowsOf(section('attention').all('table')[0])[1]?.at(-1)).toBe('3 of 100');
    const { attention: part, ...content } = runContent({ model: { architecture: 'resnet18', weights: 'imagenet' } });
    if (!part.there) throw new Error('no attention');
    const numbers = { ...part.value.numbers, randomisation: null };
    const pretrained = { ...content, attention: { there: true, value: { ...part.value, numbers } } } as const;
    expect(words(parseMarkup(renderReport(reportContent(pretrained))))).toContain('did not begin with random weights');
  });

  it('says of each part that is absent why it is', () => {
    const nothing = {
      heatmaps: absent,
      misclassified: absent,
      perturbed: absent,
      robustness: absent,
      attention: absent,
    };
    const begun = parseMarkup(renderReport(reportContent({ ...runContent(), ...nothing, metrics: [] })));
    const said = begun.all('p').filter(({ attributes }) => attributes['class'] === 'absent');
    const [accuracy, ...others] = said.map((element) => words(element));
    expect(accuracy).toContain('No accuracy has been measured yet.');
    expect(others).toEqual(Array<string>(5).fill(absent.reason));
    expect(begun.all('section')).toHaveLength(11);
  });
});

describe('studies of trust', () => {
  const page = parseMarkup(
    renderReport(reportContent({ ...runContent(), studies: STUDIES })).replaceAll('<br />', ' '),
  );
  const section = (id: string): Element => page.all('section').find(({ attributes }) => attributes['id'] === id)!;
  const rowsOf = (table: Element | undefined): string[][] =>
    table?.all('tr').map((row) => row.children.map((cell) => words(cell))) ?? [];

  it('have faithfulness beside its controls in sentences, curves over epochs and a table a score', () => {
    const faithfulness = section('faithfulness');
    expect(words(faithfulness)).toMatch(
      /Deletion: Grad-CAM at layer3\.2 beats a random map from epoch 1 \(difference −0\.100, 95 % −0\.120…−0\.080/,
    );
    expect(faithfulness.all('svg')).toHaveLength(1);
    const [deletion, sparseness] = faithfulness.all('table');
    expect(rowsOf(deletion)).toEqual([
      ['Epoch', 'Deletion', 'less a random map'],
      ['Grad-CAM at layer3.2'],
      ['0 (untrained)', '0.300 [0.280, 0.320] n = 30', '0.000 [−0.020, 0.020] n = 30'],
      ['1', '0.200 [0.180, 0.220] n = 30', '−0.100 [−0.120, −0.080] n = 30'],
    ]);
    expect(words(deletion)).toContain('0 to 1, lower is better');
    expect(rowsOf(sparseness)[0]).toEqual(['Epoch', 'Sparseness']);
  });

  it('have calibration with its numbers, a reliability diagram and what a temperature mends', () => {
    const calibration = section('calibration');
    expect(calibration.all('svg')).toHaveLength(2);
    const [scores, scaled] = calibration.all('table');
    expect(rowsOf(scores)[2]?.slice(0, 2)).toEqual(['1', expect.stringMatching(/^0\.\d{3} .*n = 200$/)]);
    expect(rowsOf(scaled)[1]?.[2]).toBe('100 test images');
    expect(words(calibration)).toContain('Under occlusion 10 the confidence in the clean prediction');
  });

  it('have sanity checks with what is re-drawn, and how alike maps are', () => {
    const sanity = section('sanity');
    expect(words(sanity)).toMatch(/Grad-CAM at layer3\.2 is sensitive to the class at epoch 1: .* agree by 0\.10/);
    expect(sanity.all('svg')).toHaveLength(1);
    const [classes, redrawn] = sanity.all('table');
    expect(rowsOf(classes)[2]?.slice(0, 2)).toEqual(['0 (untrained)', '0.900 [0.850, 0.950] n = 30']);
    expect(rowsOf(classes).map((row) => row.at(-1))).toEqual([
      'Maps are',
      'Grad-CAM at layer3.2',
      'alike',
      'different',
    ]);
    expect(rowsOf(redrawn).map(([first]) => first)).toEqual([
      'Layers',
      'Grad-CAM at layer3.2, epoch 1: re-drawn from the head down to',
      'head',
      'stem',
      'Grad-CAM at layer3.2, epoch 1: re-drawn alone',
      'head',
      'stem',
    ]);
  });

  it('have localisation on masks beside controls, and Focus', () => {
    const localisation = section('localisation');
    expect(words(localisation)).toContain('Grad-CAM beats a centred blob from epoch 1 on (difference at epoch 1 0.500');
    expect(localisation.all('svg')).toHaveLength(2);
    const [masks, focus] = localisation.all('table');
    expect(words(masks)).toContain('each of 20 images, whose objects take 25.0 % of the area');
    expect(rowsOf(masks)[3]?.slice(-2)).toEqual(Array<string>(2).fill('0.500 [0.450, 0.550] n = 30'));
    expect(rowsOf(focus)[3]).toEqual(['1', '0.625 [0.575, 0.675] n = 30', '0.125 [0.075, 0.175] n = 30']);
  });

  it('have the agreement of every two methods', () => {
    const agreement = section('agreement');
    expect(words(agreement)).toContain('At epoch 1 the rank correlation of Grad-CAM and SmoothGrad is 0.250');
    expect(rowsOf(agreement.all('table')[0]).map(([first]) => first)).toEqual([
      'Epoch',
      'Grad-CAM and SmoothGrad, on 8×8 cells',
      '0 (untrained)',
      '1',
    ]);
  });

  it('are defined among the methods, and cited', () => {
    expect(words(section('methods'))).toMatch(/Deletion ?Of each image the area under .* in 20 steps; 0 to 1\./);
    expect(words(section('methods'))).toContain('Parameters of epoch 1 are drawn 3 times');
    expect(words(section('methods'))).toMatch(/Focus ?Focus \(Arias-Duart et al\. 2022\) is .* Over 10 mosaics/);
    expect(words(section('references'))).toContain('On Calibration of Modern Neural Networks');
    expect(words(section('limits'))).not.toContain('Faithfulness was not measured');
  });

  it('are no sections where they are not there', () => {
    const ids = parseMarkup(renderReport(reportContent()))
      .all('section')
      .map(({ attributes }) => attributes['id']);
    expect(ids).not.toContain('faithfulness');
    expect(ids).not.toContain('calibration');
  });
});

describe('several models', () => {
  const models = ['resnet20', 'resnet18_cifar'].map((architecture) => runContent({ model: { architecture } }));
  const page = parseMarkup(renderReport(reportContent(...models)));

  it('stand side by side in tables, and each has its figures', () => {
    const [accuracy] = page.all('table');
    const heads = accuracy?.all('th').filter(({ attributes }) => attributes['scope'] === 'colgroup') ?? [];
    expect(heads.map((head) => [words(head), head.attributes['colspan']])).toEqual([
      ['resnet20', '4'],
      ['resnet18_cifar', '4'],
    ]);
    for (const row of accuracy?.all('tbody')[0]?.all('tr') ?? []) expect(row.children).toHaveLength(9);
    const headings = page.all('h3').map((heading) => words(heading));
    expect(headings.filter((name) => name === 'resnet20')).toHaveLength(8);
    expect(headings).toHaveLength(19);
  });
});

describe('published numbers', () => {
  const said = (study: object, dataset: string): string =>
    words(parseMarkup(renderReport(reportContent(runContent(study, dataset)))));
  const EFFICIENTNET = { model: { architecture: 'efficientnet_b0', weights: 'imagenet', inputSize: 224 } };

  it('stand beside EfficientNet-B0 on CIFAR-10, with their source and what is done otherwise', () => {
    const text = said({ ...EFFICIENTNET, training: { epochs: 20 } }, 'cifar10');
    expect(text).toContain('87.78 %');
    expect(text).toContain('0.0038');
    expect(text).toMatch(/Published: the published study of EfficientNet-B0 on CIFAR-10/);
    expect(text).toContain('this run has 800 training and 100 test images');
    expect(text).not.toMatch(/random weights, the published|of 20 epochs, the published/);
    const other = said(
      { model: { architecture: 'efficientnet_b0', inputSize: 32 }, training: { epochs: 3 } },
      'cifar10',
    );
    expect(other).toContain('this run starts from random weights');
    expect(other).toContain('their own 32×32');
    expect(other).toContain('this run is of 3 epochs');
  });

  it.each([
    ['another network', { model: { architecture: 'resnet20' } }, 'cifar10'],
    ['other images', EFFICIENTNET, 'synthetic'],
  ])('do not stand beside %s', (_, study, dataset) => {
    const text = said(study, dataset);
    expect(text).not.toMatch(/[Pp]ublished/);
    expect(text).not.toContain('87.78');
  });
});

it('a run that has a name and a note is shown with them', () => {
  const about = { name: `a ${NASTY}`, note: `why ${NASTY}` };
  const page = parseMarkup(renderReport({ ...reportContent(), runs: [{ ...runContent(), about }] }));
  expect(words(page.all('header')[0])).toContain(`${about.name}: `);
  const facts = page.all('dd').map(words);
  expect(facts).toEqual(
    expect.arrayContaining([about.name, about.note].map((text) => text.replace(/\s+/g, ' ').trim())),
  );
});

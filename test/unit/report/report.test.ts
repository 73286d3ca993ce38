import { describe, expect, it } from 'vitest';
import { html, trusted } from '../../../src/report/markup';
import { drawCurves } from '../../../src/report/curves';
import type { ReportContent } from '../../../src/report/content';
import { renderReport } from '../../../src/report/report';
import { parseStudy } from '../../../src/study';
import { parseMarkup } from '../../markup';

describe('html', () => {
  it('escapes what is put in, and leaves markup and nothing as they are', () => {
    const name = '<b a="1">&\'';
    expect(html`<p title="${name}">${name}</p>`.text).toBe(
      '<p title="&lt;b a=&quot;1&quot;&gt;&amp;&#39;">&lt;b a=&quot;1&quot;&gt;&amp;&#39;</p>',
    );
    expect(html`${trusted('<i>')}${[1, html`<br />`, ['a', null]]}${false}${undefined}${0}`.text).toBe('<i>1<br />a0');
  });
});

describe('a curve', () => {
  it('is drawn with gaps where nothing was measured', () => {
    const points = [
      [0, null],
      [1, 50],
    ] as const;
    const { text } = drawCurves({ title: 'T', unit: '%', curves: [{ name: 'test', colour: '#000', points }] });
    expect(text).toMatch(/^<svg/);
    expect(parseMarkup(text).all('svg')).toHaveLength(1);
  });
});

describe('a report', () => {
  const nasty = '<script>alert(1)</script>"&';
  const parsed = parseStudy('{ "name": "demo" }', 'demo.epochlens.json');
  if (!parsed.ok) throw new Error('the study is wrong');
  const map = (values: number[]) => ({
    logits: Float32Array.of(0, 3),
    maps: [Float32Array.of(0, 0, 0, 0), Float32Array.from(values)],
    height: 2,
    width: 2,
  });
  const content: ReportContent = {
    run: {
      folder: '/runs/demo/1',
      id: nasty,
      study: parsed.study,
      studyFile: '/demo.epochlens.json',
      studyFolder: '/',
      manifest: {
        format: 1,
        createdAt: '2026-01-01T00:00:00.000Z',
        studyFile: '../demo.epochlens.json',
        study: parsed.study,
        studyHash: 'h',
        seed: 1,
        dataset: { kind: 'cifar10', classNames: ['cat', 'dog'], fingerprint: 'f', description: `from ${nasty}` },
        engine: { name: 'wasm', version: '1', device: 'CPU' },
        versions: { epochlens: '0.1.0' },
      },
    },
    metrics: [0, 1].map((epoch) => ({
      epoch,
      trainLoss: 2,
      trainAccuracy: 10 * epoch,
      testLoss: epoch === 0 ? null : 1,
      testAccuracy: epoch === 0 ? null : 62.5,
      learningRate: 0.05 * epoch,
      seconds: 1,
      imagesPerSecond: 100,
    })),
    images: [
      { name: 'test:0', height: 2, width: 2, pixels: new Uint8Array(12), label: 1 },
      { name: 'test:1', height: 2, width: 2, pixels: new Uint8Array(12), label: 0 },
      { name: nasty, height: 2, width: 2, pixels: new Uint8Array(12), label: null },
    ],
    layer: 'layer3.2',
    checkpoints: [
      { epoch: 0, results: [map([1, 1, 1, 1]), map([0, 1, 2, 3]), map([0, 1, 2, 3])] },
      { epoch: 1, results: [map([0, 1, 2, 3]), map([0, 1, 2, 3]), map([0, 1, 2, 3])] },
    ],
  };
  const text = renderReport(content);
  const page = parseMarkup(text);

  it('shows what was given as text, never as markup', () => {
    expect(page.all('script')).toHaveLength(1);
    expect(text).not.toContain(nasty);
    expect(page.all('dd')[0]?.text()).toBe(nasty);
  });

  it('says right or wrong only where the label is known, and flat where the map is', () => {
    const cells =
      page
        .all('table')[1]
        ?.all('tr')
        .slice(1)
        .map((row) => row.children.slice(2)) ?? [];
    const captions = cells.map((row) => row.map((cell) => cell.text().replace(/\s+/g, ' ').trim()));
    expect(captions).toEqual([
      ['✓ dog 95 %flat', '✓ dog 95 %'],
      ['✗ dog 95 %', '✗ dog 95 %'],
      ['dog 95 %', 'dog 95 %'],
    ]);
    expect(cells.map((row) => row.map((cell) => cell.all('img').length))).toEqual([
      [1, 2],
      [2, 2],
      [2, 2],
    ]);
  });

  it('puts a dash where nothing was measured', () => {
    const [, first] = page.all('table')[0]?.all('tr') ?? [];
    expect(first?.children.map((cell) => cell.text())).toEqual([
      '0 (untrained)',
      '2.0000',
      '0.00 %',
      '–',
      '–',
      '–',
      '1.0',
      '100',
    ]);
    expect(text).toMatch(
      /After epoch 1 the model gets 62\.50 % of the test images right; the best epoch was\s+1 with 62\.50 %/,
    );
  });

  it('can be of a run that has only begun', () => {
    const begun = parseMarkup(renderReport({ ...content, metrics: [], checkpoints: content.checkpoints.slice(0, 1) }));
    expect(begun.all('table')).toHaveLength(2);
  });
});

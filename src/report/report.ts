import type { EpochMetrics, Run } from '../runs';
import type { ReportContent } from './content';
import { drawCurves, type Curve } from './curves';
import { heatmapGrid } from './heatmapGrid';
import { html, trusted, type Markup } from './markup';
import { STYLE } from './style';

/** The whole report: one HTML file that fetches nothing. */
export function renderReport(content: ReportContent): string {
  const { run, metrics } = content;
  const { study } = run;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${study.name} – EpochLens</title>
        <style>
          ${trusted(STYLE)}
        </style>
      </head>
      <body>
        <h1>${study.name}</h1>
        <p class="muted">
          ${study.model.architecture} at ${study.model.inputSize}×${study.model.inputSize},
          ${run.manifest.dataset.description}
        </p>
        ${summary(metrics)}
        <h2>Accuracy by epoch</h2>
        ${curves(metrics)} ${metricsTable(metrics)} ${heatmapGrid(content)} ${whatWasRun(run)}
      </body>
    </html>`;
  return `${page.text}\n`;
}

function summary(metrics: readonly EpochMetrics[]): Markup | undefined {
  const measured = metrics.filter(({ testAccuracy }) => testAccuracy !== null);
  const last = measured.at(-1);
  if (last === undefined) return undefined;
  const best = measured.reduce((a, b) => ((b.testAccuracy ?? 0) > (a.testAccuracy ?? 0) ? b : a));
  return html`<p>
    After epoch ${last.epoch} the model gets ${percent(last.testAccuracy)} of the test images right; the best epoch was
    ${best.epoch} with ${percent(best.testAccuracy)}.
  </p>`;
}

function curves(metrics: readonly EpochMetrics[]): Markup {
  const curve = (name: string, colour: string, value: (epoch: EpochMetrics) => number | null): Curve => ({
    name,
    colour,
    dashed: name === 'training',
    points: metrics.map((epoch) => [epoch.epoch, value(epoch)] as const),
  });
  const accuracy = [
    curve('test', '#0969da', (m) => m.testAccuracy),
    curve('training', '#bc4c00', (m) => m.trainAccuracy),
  ];
  const loss = [curve('test', '#0969da', (m) => m.testLoss), curve('training', '#bc4c00', (m) => m.trainLoss)];
  return html`<div class="charts">
    <div>${drawCurves({ title: 'Accuracy', unit: '%', range: [0, 100], curves: accuracy })}</div>
    <div>${drawCurves({ title: 'Loss', unit: 'cross-entropy', curves: loss })}</div>
  </div>`;
}

function metricsTable(metrics: readonly EpochMetrics[]): Markup {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>Epoch</th>
          <th>Train loss</th>
          <th>Train accuracy</th>
          <th>Test loss</th>
          <th>Test accuracy</th>
          <th>Learning rate</th>
          <th>Seconds</th>
          <th>Images/s</th>
        </tr>
      </thead>
      <tbody>
        ${metrics.map(
          (m) =>
            html`<tr>
              <td>${m.epoch}${m.epoch === 0 && ' (untrained)'}</td>
              <td>${fixed(m.trainLoss, 4)}</td>
              <td>${percent(m.trainAccuracy)}</td>
              <td>${fixed(m.testLoss, 4)}</td>
              <td>${percent(m.testAccuracy)}</td>
              <td>${m.epoch === 0 || m.learningRate === null ? '–' : Number(m.learningRate.toPrecision(3))}</td>
              <td>${fixed(m.seconds, 1)}</td>
              <td>${fixed(m.imagesPerSecond, 0)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function whatWasRun(run: Run): Markup {
  const { study, manifest } = run;
  const { training, model } = study;
  const facts: readonly (readonly [string, string])[] = [
    ['Run', run.id],
    ['Started', manifest.createdAt],
    ['Engine', `${manifest.engine.name}: ${manifest.engine.version}, ${manifest.engine.device}`],
    [
      'Versions',
      Object.entries(manifest.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    ['Weights', model.weights],
    ['Normalisation', `mean ${model.normalization.mean.join(', ')}; std ${model.normalization.std.join(', ')}`],
    [
      'Training',
      `SGD, learning rate ${training.learningRate} (${training.schedule}), momentum ${training.momentum}, weight decay ${training.weightDecay}, batches of ${training.batchSize}, augmentation ${training.augmentation}`,
    ],
    ['Seed', String(manifest.seed)],
    ['Study hash', manifest.studyHash],
    ['Data fingerprint', manifest.dataset.fingerprint],
  ];
  return html`<h2>What was run</h2>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>`;
}

function fixed(value: number | null, digits: number): string {
  return value === null ? '–' : value.toFixed(digits);
}

function percent(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(2)} %`;
}

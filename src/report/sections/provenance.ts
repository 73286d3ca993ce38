/** What was run: all that someone needs to run it again, and to tell whether it is the same. */
import { microBatchText } from '../../runs';
import type { ReportContent, RunContent } from '../content';
import { html, type Markup } from '../markup';
import { dataTable } from '../table';
import { eachRun, type Section } from './section';

export function provenanceSection(content: ReportContent): Section {
  const body = html`${eachRun(content, (run) => html`${warnings(run)} ${facts(run)} ${weights(run)}`)}
    <p class="muted">This report was made by EpochLens ${content.version} on ${content.madeAt}.</p>`;
  return { id: 'provenance', title: 'What was run', body };
}

function warnings({ warnings: all }: RunContent): Markup {
  return html`${all.map((warning) => html`<p class="note">${warning}</p>`)}`;
}

function facts({ run }: RunContent): Markup {
  const { study, manifest } = run;
  const { training, model } = study;
  const rows: readonly (readonly [string, string])[] = [
    ['Run', run.id],
    ['Started', manifest.createdAt],
    ['Engine', `${manifest.engine.name}: ${manifest.engine.version}, ${manifest.engine.device}`],
    [
      'Versions',
      Object.entries(manifest.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    ['Model', `${model.architecture} at ${model.inputSize}×${model.inputSize}`],
    ['Weights', model.weights],
    ['Normalisation', `mean ${model.normalization.mean.join(', ')}; std ${model.normalization.std.join(', ')}`],
    [
      'Training',
      `SGD, ${training.epochs} epochs, learning rate ${training.learningRate} (${training.schedule}), momentum ${training.momentum}, weight decay ${training.weightDecay}, batches of ${training.batchSize}, augmentation ${training.augmentation}`,
    ],
    ...(manifest.microBatch === undefined ? [] : [['Parts of batches', microBatchText(manifest.microBatch)] as const]),
    ['Seed', String(manifest.seed)],
    ['Study hash', manifest.studyHash],
    ['Data', manifest.dataset.description],
    ['Data fingerprint', manifest.dataset.fingerprint],
  ];
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function weights({ checkpoints }: RunContent): Markup {
  return dataTable({
    caption: 'The weights of each checkpoint shown: SHA-256 of its file.',
    head: ['Epoch', 'SHA-256'],
    words: true,
    rows: checkpoints.map(({ epoch, hash }) => [epoch, html`<code class="hash">${hash}</code>`]),
  });
}

/** What was run: all that someone needs to run it again, and to tell whether it is the same. */
import { augmentationText } from '../../augmentations';
import { engineWord } from '../../common/engineWords';
import { checkpointCell, gitText, microBatchText, type Run } from '../../runs';
import { permutedLabelsText, recipeSentences, scheduleText } from '../../study';
import type { ReportContent, RunContent } from '../content';
import { html, type Markup } from '../markup';
import { dataTable } from '../table';
import { importedFacts, importedFiles } from './importedProvenance';
import { eachRun, type Section } from './section';

export function provenanceSection(content: ReportContent): Section {
  const body = html`${eachRun(content, (run) => html`${warnings(run)} ${facts(run)} ${importedFiles(run)} ${weights(run)}`)}
    <p class="muted">
      This report was made by EpochLens ${content.version} on ${content.madeAt}. Its numbers lie beside it as JSON.
    </p>`;
  return { id: 'provenance', title: 'What was run', body };
}

type Fact = readonly [name: string, value: string];

function warnings({ warnings: all }: RunContent): Markup {
  return html`${all.map((warning) => html`<p class="note">${warning}</p>`)}`;
}

function facts({ run, about }: RunContent): Markup {
  const { study, manifest } = run;
  const { imported } = manifest;
  const { model } = study;
  const rows: readonly Fact[] = [
    ['Run', run.id],
    ...(about.name === undefined ? [] : [['Name', about.name] as const]),
    ...(about.note === undefined ? [] : [['Note', about.note] as const]),
    ...(imported === undefined ? trainedFacts(run) : importedFacts({ ...manifest, imported })),
    [
      'Versions',
      Object.entries(manifest.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    ['Model', `${model.architecture} at ${model.inputSize}×${model.inputSize}`],
    ['Normalisation', `mean ${model.normalization.mean.join(', ')}; std ${model.normalization.std.join(', ')}`],
    ['Study hash', manifest.studyHash],
    ...(manifest.git === undefined ? [] : [['Commit', gitText(manifest.git)] as const]),
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

/** How it was trained here. */
function trainedFacts({ study: { training, model }, manifest }: Run): Fact[] {
  const { engine, microBatch, seed } = manifest;
  return [
    ['Started', manifest.createdAt],
    ['Engine', `${engineWord(engine.name)}: ${engine.version}, ${engine.device}`],
    ['Weights', model.weights],
    [
      'Training',
      `SGD, ${training.epochs} epochs, learning rate ${training.learningRate} (${scheduleText(training.schedule)}), momentum ${training.momentum}, weight decay ${training.weightDecay}, batches of ${training.batchSize}, augmentation ${augmentationText(training.augmentation)}${training.labels === 'permuted' ? `; ${permutedLabelsText(training.seed)}` : ''}`,
    ],
    ...(recipeSentences(training).length === 0 ? [] : [['Recipe', recipeSentences(training).join('; ')] as const]),
    ...(microBatch === undefined ? [] : [['Parts of batches', microBatchText(microBatch)] as const]),
    ['Seed', String(seed)],
  ];
}

function weights({ run, checkpoints }: RunContent): Markup {
  return dataTable({
    caption: 'The weights of each checkpoint shown: SHA-256 of its file.',
    head: ['Epoch', 'SHA-256'],
    words: true,
    rows: checkpoints.map(({ epoch, hash }) => [
      checkpointCell(run.manifest, epoch),
      html`<code class="hash">${hash}</code>`,
    ]),
  });
}

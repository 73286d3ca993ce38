/** What is known of checkpoints that were trained elsewhere, and what is not. */
import { basename } from 'node:path';
import { checkpointCell, type RunManifest } from '../../runs';
import type { RunContent } from '../content';
import { html, type Markup } from '../markup';
import { dataTable } from '../table';

type Fact = readonly [name: string, value: string];

const EPOCH_FROM = {
  name: 'its name',
  file: 'the file',
  person: 'who imported it',
  nothing: 'nothing',
} as const;

/** In place of how a run was trained. */
export function importedFacts({ createdAt, imported }: RunManifest & Required<Pick<RunManifest, 'imported'>>): Fact[] {
  return [
    ['Imported', createdAt],
    ['From', imported.from],
    ['Training', unknownText(imported.files.length)],
  ];
}

function unknownText(files: number): string {
  const [were, their] = files === 1 ? ['it was', 'its'] : ['they were', 'their'];
  return `How ${were} trained is not known here: by which optimiser, for how long, in which batches, with which learning rate, augmentation and seed, and what ${their} weights began with.`;
}

/** The files, as they were when they were imported. */
export function importedFiles({ run: { manifest } }: RunContent): Markup | undefined {
  const { imported } = manifest;
  if (imported === undefined) return undefined;
  return dataTable({
    caption:
      imported.files.length === 1
        ? 'The file that the checkpoint was imported from, with its SHA-256 then.'
        : 'The files that the checkpoints were imported from, with their SHA-256 then.',
    head: ['Epoch', 'File', 'Who says the epoch', 'SHA-256'],
    words: true,
    rows: imported.files.map(({ epoch, file, epochFrom, sha256 }) => [
      checkpointCell(manifest, epoch),
      basename(file),
      epochFrom === undefined ? 'its name, or the file' : EPOCH_FROM[epochFrom],
      html`<code class="hash">${sha256}</code>`,
    ]),
  });
}

/** The published study's table, with intervals: how much confidence drops at each checkpoint under each perturbation. */
import type { ReportContent, RunContent } from '../content';
import { entryName } from '../entryNames';
import { epochCell } from '../epochs';
import { html, type Markup } from '../markup';
import { fixed, estimateCell } from '../numbers';
import { differencesFromPublished, hasPublishedShape, publishedDrop, PUBLISHED_SOURCE } from '../published';
import { dataTable, type Cell } from '../table';

/** Checkpoints as rows, each model's perturbations as columns. Nothing where no model has been tested. */
export function dropTable({ runs }: ReportContent): Markup | undefined {
  const tested = runs.flatMap((run) => (run.robustness.there ? [{ run, entries: run.robustness.value.entries }] : []));
  if (tested.length === 0) return undefined;
  const compared = tested.find(({ run, entries }) => isCompared(run, entries));
  const epochs = [...new Set(tested.flatMap(({ run }) => run.checkpoints.map(({ epoch }) => epoch)))];
  const rows = epochs
    .sort((a, b) => a - b)
    .map((epoch): Cell[] => [
      epochCell(
        tested.map(({ run }) => run),
        epoch,
      ),
      ...tested.flatMap(({ run, entries }) => {
        const at = run.checkpoints.findIndex((checkpoint) => checkpoint.epoch === epoch);
        return entries.map(({ results }) => estimateCell(results[at]?.measured.confidenceDrop.ofPrediction, 4));
      }),
      ...(compared === undefined ? [] : [fixed(publishedDrop(epoch), 4)]),
    ]);
  const groups = [
    ...tested.map(({ run, entries }) => ({ title: run.name, columns: entries.length })),
    ...(compared === undefined ? [] : [{ title: 'Published', columns: 1 }]),
  ];
  return html`${dataTable({
    caption: html`Confidence drop: the highest probability of the clean image less the same class’s probability on the
    perturbed one (negative where confidence rises), mean over images and rounds, with 95 % intervals over n images.`,
    ...(groups.length > 1 ? { groups } : {}),
    head: [
      'Epoch',
      ...tested.flatMap(({ entries }) => entries.map((entry) => entryName(entry, entries))),
      ...(compared === undefined ? [] : ['10 occluded pixels']),
    ],
    rows,
  })}
  ${compared !== undefined && note(compared.run)}`;
}

function isCompared({ run }: RunContent, entries: readonly { readonly published: boolean }[]): boolean {
  return hasPublishedShape(run) && entries.some(({ published }) => published);
}

function note({ run }: RunContent): Markup {
  const differences = differencesFromPublished(run);
  return html`<p class="note">
    Published: ${PUBLISHED_SOURCE}; how many images its drop is over is not
    told.${differences.length > 0 && ` The numbers are not of the same thing: ${differences.join('; ')}.`}
  </p>`;
}

/** How accurate imported checkpoints are: what was measured here, beside what their files claim. */
import { estimateRate, shareOfPercent } from '../../statistics';
import {
  accuracyText,
  accuracyWarnings,
  checkpointCell,
  checkpointName,
  epochSourceText,
  hasClaims,
  importNotes,
  measuredAndClaimedText,
  percentRight,
  type CheckpointAccuracy,
} from '../../runs';
import type { RunContent } from '../content';
import { html, type Markup } from '../markup';
import { hasPublishedShape, publishedAccuracy } from '../published';
import { fixed, NOTHING, percent, rateCell } from '../numbers';
import { dataTable, type Cell } from '../table';
import { highestText } from './highestAccuracy';

interface Column {
  readonly title: string;
  readonly cell: (accuracy: CheckpointAccuracy, run: RunContent) => Cell;
}

const MEASURED: Column = {
  title: 'Test accuracy, measured',
  cell: ({ measured }) =>
    measured === null ? 'not measured here' : rateCell(estimateRate(measured.right, measured.count)),
};
const LOSS: Column = {
  title: 'Test loss, measured',
  cell: ({ epoch }, { metrics }) => fixed(metrics.find((each) => each.epoch === epoch)?.testLoss, 4),
};
const CLAIMS: readonly Column[] = [
  { title: 'Accuracy that the file claims', cell: ({ claimed }) => claimedCell(claimed) },
  { title: 'Measured and claimed', cell: ({ differs }) => differenceText(differs) },
  { title: 'Test loss that the file claims', cell: ({ claimed }) => fixed(claimed.testLoss, 4) },
  { title: 'Training loss that the file claims', cell: ({ claimed }) => fixed(claimed.trainLoss, 4) },
];

/** Where the study has the shape of the published one. */
const PUBLISHED: Column = {
  title: 'Test accuracy, published',
  cell: ({ epoch }, { run }) => (hasPublishedShape(run) ? percent(publishedAccuracy(epoch)?.test) : NOTHING),
};
const COLUMNS = [MEASURED, LOSS, ...CLAIMS, PUBLISHED];

function claimedCell({ testAccuracy, isBestSoFar }: CheckpointAccuracy['claimed']): Cell {
  const claimed = percent(testAccuracy);
  return isBestSoFar === true ? html`${claimed}<br /><small>its best so far</small>` : claimed;
}

function differenceText(differs: boolean | null): Cell {
  if (differs === null) return NOTHING;
  return differs ? html`<span class="wrong">differ by more than chance</span>` : 'agree, but for chance';
}

/** Nothing of a run that was trained here. */
export function importedAccuracy(content: RunContent): Markup | undefined {
  const { run, accuracies } = content;
  if (run.manifest.imported === undefined) return undefined;
  const rows = accuracies.map((accuracy) => COLUMNS.map(({ cell }) => cell(accuracy, content)));
  // What no file claims, and what was not measured, has no column.
  const isKnown = (column: number): boolean => rows.some((row) => row[column] !== NOTHING);
  const columns = COLUMNS.map(({ title }, column) => ({ title, column }));
  const shown = columns.filter(({ column }) => isKnown(column));
  return html`${dataTable({
    caption: html`${content.name}, imported: ${measuredCaption(accuracies)}${hasClaims(accuracies) && claimsCaption()}`,
    head: ['Epoch', ...shown.map(({ title }) => title)],
    rows: accuracies.map(({ epoch }, row): Cell[] => [
      checkpointCell(run.manifest, epoch),
      ...shown.map(({ column }) => rows[row]?.[column] ?? NOTHING),
    ]),
  })}
  ${importedWarnings(content)}`;
}

function measuredCaption(accuracies: readonly CheckpointAccuracy[]): string {
  if (accuracies.every(({ measured }) => measured === null)) return 'nothing has been measured here.';
  return 'accuracy and mean cross-entropy on the test images, measured here, with the 95 % interval of the accuracy.';
}

function claimsCaption(): string {
  return ' What a file claims was measured by nobody here, and may be of other images: the two differ by more than chance where Fisher’s exact test says so at 1 %, the claim being of 10,000 images.';
}

function importedWarnings({ run: { manifest }, accuracies }: RunContent): Markup {
  const texts = [...accuracyWarnings(manifest, accuracies), ...importNotes(manifest, accuracies)];
  return html`${texts.map((text) => html`<p class="note">${text}</p>`)}`;
}

/** Of the summary: the last checkpoint, the most accurate of several, and what does not do what its file claims. */
export function importedSentences(content: RunContent): string[] {
  const { accuracies } = content;
  const { manifest } = content.run;
  const last = accuracies.at(-1);
  if (last === undefined) return [];
  const sentence = (accuracy: CheckpointAccuracy): string => {
    const { epoch } = accuracy;
    const name = `${checkpointName(manifest, epoch)}${epochSourceText(manifest, epoch)}`;
    return `Test accuracy of ${name}: ${measuredAndClaimedText(accuracy)}.`;
  };
  const differing = accuracies.filter(({ differs }) => differs === true);
  return [
    sentence(last),
    ...highestSentence(content, accuracies),
    ...differing.filter((each) => each !== last).map(sentence),
    ...(differing.length === 0
      ? []
      : ['What a file claims and what was measured differ by more than chance: see below what may be wrong.']),
  ];
}

/** Of several: which has the highest accuracy, and whether by more than chance. */
function highestSentence(
  { run: { manifest }, misclassified }: RunContent,
  accuracies: readonly CheckpointAccuracy[],
): string[] {
  const measured = accuracies.flatMap(({ epoch, measured: each }) => {
    if (each === null) return [];
    return [{ epoch, testAccuracy: percentRight(each), testImages: each.count, measured: each }];
  });
  const last = measured.at(-1);
  if (last === undefined || measured.length < 2) return [];
  const write = ({ testAccuracy, testImages = 0 }: { testAccuracy: number | null; testImages?: number }): string =>
    accuracyText({ right: shareOfPercent(testAccuracy ?? 0, testImages).count, count: testImages });
  const text = highestText(measured, last, misclassified, write);
  return [
    `Of these checkpoints ${checkpointName(manifest, last.epoch)} gets ${accuracyText(last.measured)} right${text}.`,
  ];
}

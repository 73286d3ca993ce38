/** Accuracy and loss of every epoch in numbers, the models side by side. */
import type { ReportContent, RunContent } from '../content';
import type { Markup } from '../markup';
import { epochCell } from '../epochs';
import { rateOfPercent } from '../../statistics';
import { fixed, NOTHING, percent, rateCell } from '../numbers';
import { hasPublishedShape, publishedAccuracy } from '../published';
import { dataTable, type Cell } from '../table';

type Metrics = RunContent['metrics'][number];

/** Some columns under a head of their own: of a run, or published. */
interface Group {
  readonly title: string;
  readonly columns: readonly string[];
  /** A cell a column. */
  readonly cells: (epoch: number) => Cell[];
}

interface Column {
  readonly title: string;
  readonly cell: (metrics: Metrics | undefined) => Cell;
}

const COLUMNS: readonly Column[] = [
  { title: 'Train loss', cell: (m) => fixed(m?.trainLoss, 4) },
  { title: 'Train accuracy', cell: (m) => percent(m?.trainAccuracy) },
  { title: 'Validation loss', cell: (m) => fixed(m?.validationLoss, 4) },
  { title: 'Validation accuracy', cell: (m) => rateOf(m?.validationAccuracy, m?.validationImages) },
  { title: 'Test loss', cell: (m) => fixed(m?.testLoss, 4) },
  { title: 'Test accuracy', cell: (m) => rateOf(m?.testAccuracy, m?.testImages) },
];
/** Of one run there is room for how it was trained, too. */
const ALONE: readonly Column[] = [
  { title: 'Learning rate', cell: (m) => learningRate(m) },
  { title: 'Seconds', cell: (m) => fixed(m?.seconds, 1) },
  { title: 'Images/s', cell: (m) => fixed(m?.imagesPerSecond, 0) },
];

/** With its interval where it is known of how many images it is. */
function rateOf(accuracy: number | null | undefined, images: number | undefined): Cell {
  const rate = rateOfPercent(accuracy, images);
  return rate === undefined ? percent(accuracy) : rateCell(rate);
}

/** Of a training here no step was taken before epoch 0. */
function learningRate(metrics: Metrics | undefined): string {
  if (metrics === undefined || metrics.epoch === 0 || metrics.learningRate === null) return NOTHING;
  return String(Number(metrics.learningRate.toPrecision(3)));
}

/** Of runs that were trained here: see `importedAccuracy` for others. */
export function accuracyTable(content: ReportContent): Markup {
  const runs = content.runs.filter(({ run }) => run.manifest.imported === undefined);
  const several = runs.length > 1;
  const columns = several ? COLUMNS : [...COLUMNS, ...ALONE];
  const compared = runs.some(({ run }) => hasPublishedShape(run));
  const groups = [...runs.flatMap((run) => groupOf(run, columns)), ...(compared ? [PUBLISHED] : [])];
  const epochs = [...new Set(runs.flatMap(({ metrics }) => metrics.map(({ epoch }) => epoch)))].sort((a, b) => a - b);
  const heads = groups.map((group) => ({ title: group.title, columns: group.columns.length }));
  return dataTable({
    caption: 'Accuracy and loss of every epoch; below the test accuracy its 95 % interval (Wilson’s) and the counts.',
    ...(several || compared ? { groups: heads } : {}),
    head: ['Epoch', ...groups.flatMap((group) => group.columns)],
    rows: epochs.map((epoch) => [epochCell(runs, epoch), ...groups.flatMap(({ cells }) => cells(epoch))]),
  });
}

/** What was never measured has no column. */
function groupOf({ name, metrics }: RunContent, columns: readonly Column[]): Group[] {
  const measured = columns.filter(({ cell }) => metrics.some((each) => cell(each) !== NOTHING));
  if (measured.length === 0) return [];
  const cells = (epoch: number): Cell[] => {
    const found = metrics.find((each) => each.epoch === epoch);
    return measured.map(({ cell }) => cell(found));
  };
  return [{ title: name, columns: measured.map(({ title }) => title), cells }];
}

const PUBLISHED: Group = {
  title: 'Published',
  columns: ['Train accuracy', 'Test accuracy'],
  cells: (epoch) => [percent(publishedAccuracy(epoch)?.train), percent(publishedAccuracy(epoch)?.test)],
};

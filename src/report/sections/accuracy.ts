/** Accuracy and loss by epoch, the models side by side, beside the published numbers where the study has that shape. */
import type { ReportContent, RunContent } from '../content';
import { charts, curveColour, drawCurves, type Curve } from '../curves';
import { hasSeveral } from '../epochs';
import { html, type Markup } from '../markup';
import { differencesFromPublished, hasPublishedShape, publishedAccuracy, PUBLISHED_SOURCE } from '../published';
import { accuracyTable } from './accuracyTable';
import { importedAccuracy } from './importedAccuracy';
import { figure, type Section } from './section';

type Metrics = RunContent['metrics'][number];

const ID = 'accuracy';
/** Of a training that has just begun, or of imported checkpoints in a report that computes nothing. */
const NOTHING_MEASURED = html`<p class="absent">
  No accuracy has been measured yet. That of imported checkpoints is measured by a report without --quick.
</p>`;

export function accuracySection(content: ReportContent): Section {
  const { runs } = content;
  const title = runs.some(hasSeveral) ? 'Accuracy by epoch' : 'Accuracy';
  const isMeasured = runs.some(({ metrics }) => metrics.length > 0);
  const body = html`${!isMeasured && NOTHING_MEASURED} ${runs.some(({ metrics }) => metrics.length > 1) && curves(runs)}
  ${runs.some(isTrainedHere) && accuracyTable(content)} ${runs.map(importedAccuracy)} ${published(runs)}`;
  return { id: ID, title, body };
}

function isTrainedHere({ run, metrics }: RunContent): boolean {
  return run.manifest.imported === undefined && metrics.length > 0;
}

function curves(runs: readonly RunContent[]): Markup {
  const hasLosses = runs.some(({ metrics }) =>
    metrics.some(({ trainLoss, testLoss }) => trainLoss !== null || testLoss !== null),
  );
  const isTrainingKnown = runs.some(({ metrics }) =>
    metrics.some(({ trainLoss, trainAccuracy }) => trainLoss !== null || trainAccuracy !== null),
  );
  const what = hasLosses ? 'Accuracy and mean cross-entropy by epoch' : 'Accuracy by epoch';
  return figure(
    charts([accuracyCurves(runs), ...(hasLosses ? [lossCurves(runs)] : [])]),
    isTrainingKnown
      ? `${what}, on the test images and on the training images as they were trained on.`
      : `${what}, on the test images.`,
  );
}

function accuracyCurves(runs: readonly RunContent[]): Markup {
  const curves = [
    ...curvesOf(runs, 'test', ({ testAccuracy }) => testAccuracy),
    ...curvesOf(runs, 'validation', ({ validationAccuracy }) => validationAccuracy ?? null),
    ...curvesOf(runs, 'training', ({ trainAccuracy }) => trainAccuracy),
  ];
  const compared = runs.find(({ run }) => hasPublishedShape(run));
  if (compared !== undefined) {
    const points = compared.metrics.map(({ epoch }) => [epoch, publishedAccuracy(epoch)?.test ?? null] as const);
    curves.push({ name: 'test, published', colour: '#666', points });
  }
  return drawCurves({ title: 'Accuracy', unit: '%', range: [0, 100], curves });
}

function lossCurves(runs: readonly RunContent[]): Markup {
  const curves = [
    ...curvesOf(runs, 'test', ({ testLoss }) => testLoss),
    ...curvesOf(runs, 'validation', ({ validationLoss }) => validationLoss ?? null),
    ...curvesOf(runs, 'training', ({ trainLoss }) => trainLoss),
  ];
  return drawCurves({ title: 'Loss', unit: 'cross-entropy', curves });
}

/** The colours of a single run's curves. */
const ALONE = { test: 0, training: 1, validation: 2 } as const;

function curvesOf(
  runs: readonly RunContent[],
  set: keyof typeof ALONE,
  value: (metrics: Metrics) => number | null,
): Curve[] {
  const curves = runs.map(({ name, metrics }, at) => ({
    name: runs.length === 1 ? set : `${name}, ${set}`,
    colour: curveColour(runs.length === 1 ? ALONE[set] : at),
    dashed: set === 'training',
    dotted: set === 'validation',
    points: metrics.map((each) => [each.epoch, value(each)] as const),
  }));
  // Of checkpoints that were trained elsewhere little may be known: what was never measured has no place in a legend.
  return curves.filter(({ points }) => points.some(([, measured]) => measured !== null));
}

/** Where published numbers stand beside: whose they are, and what was done otherwise here. */
function published(runs: readonly RunContent[]): Markup | undefined {
  const compared = runs.find(({ run }) => hasPublishedShape(run));
  if (compared === undefined) return undefined;
  const differences = differencesFromPublished(compared.run);
  return html`<p class="note">
    Published: ${PUBLISHED_SOURCE}.
    ${
      differences.length === 0
        ? 'It does not tell its input size, learning rate and batch size, which may differ.'
        : html`The numbers are not of the same thing: ${differences.join('; ')}. It does not tell its input size,
          learning rate and batch size, which may differ too.`
    }
  </p>`;
}

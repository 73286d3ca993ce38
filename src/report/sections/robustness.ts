/** Accuracy, confidence and heatmaps under each perturbation, by checkpoint; the models side by side. */
import { similarityRestsText } from '../../drift';
import type {
  ReportContent,
  RobustnessContent,
  RobustnessEntryContent,
  RobustnessResult,
  RunContent,
} from '../content';
import { charts, curveColour, drawCurves, type Curve } from '../curves';
import type { Rate } from '../../protocol/values';
import { INTERVALS_NOTE, percentOf } from '../../statistics';
import { epochCell } from '../epochs';
import { html, type Markup } from '../markup';
import { estimateCell, NOTHING, rateCell } from '../numbers';
import { dataTable, type Cell } from '../table';
import { dropTable } from './confidenceDrop';
import { eachRun, figure, partOf, type Section } from './section';

export function robustnessSection(content: ReportContent): Section {
  const body = html`${dropTable(content)}
  ${eachRun(content, (run) => partOf(run.robustness, (robustness) => ofRun(run, robustness)))}
  ${content.runs.some(({ robustness }) => robustness.there) && html`<p class="note">${INTERVALS_NOTE}</p>`}`;
  return { id: 'robustness', title: 'Robustness', body };
}

function ofRun(run: RunContent, robustness: RobustnessContent): Markup {
  return html`${
    run.checkpoints.length > 1 &&
    figure(
      charts([accuracyCurves(run, robustness), dropCurves(run, robustness)]),
      'Whether robustness follows accuracy: accuracy on clean and on perturbed images, and the drop of confidence in the clean prediction with its 95 % interval, by epoch.',
    )
  }
  ${table(run, robustness)} ${expectations(robustness)}`;
}

function accuracyCurves({ checkpoints }: RunContent, { entries }: RobustnessContent): Markup {
  const clean: Curve = { name: 'clean', colour: '#666', dashed: true, points: cleanPoints(checkpoints, entries) };
  const perturbed = entries.map(({ title, results }, at): Curve => {
    const rates = results.map((result) => result?.measured.accuracy);
    return {
      name: title,
      colour: curveColour(at),
      points: checkpoints.map(({ epoch }, i) => [epoch, percentOrNull(rates[i])] as const),
      intervals: checkpoints.flatMap(({ epoch }, i) => {
        const within = rates[i]?.interval;
        return within ? [[epoch, within.low, within.high] as const] : [];
      }),
    };
  });
  return drawCurves({ title: 'Accuracy', unit: '%', range: [0, 100], curves: [clean, ...perturbed] });
}

function dropCurves({ checkpoints }: RunContent, { entries }: RobustnessContent): Markup {
  const drops = entries.map(({ title, results }, at): Curve => {
    const estimates = results.map((result) => result?.measured.confidenceDrop.ofPrediction ?? null);
    return {
      name: title,
      colour: curveColour(at),
      points: checkpoints.map(({ epoch }, i) => [epoch, estimates[i]?.mean ?? null] as const),
      intervals: checkpoints.flatMap(({ epoch }, i) => {
        const within = estimates[i]?.interval;
        return within ? [[epoch, within.low, within.high] as const] : [];
      }),
    };
  });
  const points = cleanPoints(checkpoints, entries);
  const clean: Curve = { name: 'clean accuracy', colour: '#666', dashed: true, points, onRight: true };
  return drawCurves({
    title: 'Confidence drop, and clean accuracy',
    unit: 'drop',
    right: { unit: '%', range: [0, 100] },
    curves: [...drops, clean],
  });
}

/** Entries may be measured on different numbers of images: the curve is of the first that is there. */
function cleanPoints(
  checkpoints: RunContent['checkpoints'],
  entries: readonly RobustnessEntryContent[],
): Curve['points'] {
  return checkpoints.map(({ epoch }, i) => {
    const first = entries.map(({ results }) => results[i]).find((result) => result !== null);
    return [epoch, percentOrNull(first?.measured.clean.accuracy)] as const;
  });
}

function percentOrNull(rate: Rate | undefined): number | null {
  return rate === undefined ? null : percentOf(rate);
}

const HEAD = [
  'Epoch',
  'Clean accuracy',
  'Accuracy',
  'Flip rate',
  'Drop of the prediction',
  'Drop of the label',
  'Heatmap ρ',
  'SSIM',
  'Top 20 %',
];

function table(run: RunContent, { entries }: RobustnessContent): Markup {
  const { checkpoints } = run;
  const expects = entries.some((entry) => entry.expects);
  return dataTable({
    caption: html`Each perturbation at each checkpoint. Drops are of probability; below means stand 95 % intervals over
    n images, below accuracies and flip rates theirs in per cent, and the counts; the flip rate is how often the
    prediction is no longer the clean one; heatmaps are of the clean prediction, compared by rank correlation ρ,
    structural similarity, and the share in common of the highest 20 % of
    cells.${expects && ' “Failed” means that what the study expects is missed.'}`,
    head: expects ? [...HEAD, 'Test'] : HEAD,
    rows: {
      groups: entries.map((entry) => ({
        title: `${entry.place + 1} ${entry.title}${size(entry)}`,
        rows: checkpoints.map(({ epoch }, at): Cell[] => {
          const result = entry.results[at] ?? null;
          return [epochCell([run], epoch), ...cells(result), ...(expects ? [verdict(entry, result)] : [])];
        }),
      })),
    },
  });
}

/** On how many images, in how many rounds. */
function size({ results }: RobustnessEntryContent): string {
  const measured = results.find((result) => result !== null)?.measured;
  return measured === undefined ? '' : `, ${measured.images} images in ${measured.rounds} rounds`;
}

function cells(result: RobustnessResult | null): Cell[] {
  if (result === null) return HEAD.slice(1).map(() => NOTHING);
  const { clean, accuracy, flipRate, confidenceDrop, heatmapSimilarity } = result.measured;
  return [
    rateCell(clean.accuracy),
    rateCell(accuracy),
    rateCell(flipRate),
    estimateCell(confidenceDrop.ofPrediction, 4),
    estimateCell(confidenceDrop.ofLabel, 4),
    withRests(estimateCell(heatmapSimilarity.spearman, 3), result.measured),
    estimateCell(heatmapSimilarity.ssim, 3),
    estimateCell(heatmapSimilarity.topOverlap, 3),
  ];
}

/** A similarity, and what it rests on where not all heatmaps can be compared. */
function withRests(similarity: Cell, measured: RobustnessResult['measured']): Cell {
  const rests = similarityRestsText(measured);
  return rests === undefined ? similarity : html`${similarity}<br /><small class="rests">${rests}</small>`;
}

function verdict({ expects }: RobustnessEntryContent, result: RobustnessResult | null): Cell {
  if (!expects || result === null) return NOTHING;
  return result.misses.length === 0 ? html`<span class="right">passed</span>` : html`<span class="wrong">failed</span>`;
}

/** What was missed, with its numbers. */
function expectations({ entries }: RobustnessContent): Markup | undefined {
  const expecting = entries
    .filter(({ expects }) => expects)
    .flatMap(({ results }) => results.filter((each) => each !== null));
  if (expecting.length === 0) return undefined;
  const missed = entries.flatMap(({ place, title, results }) =>
    results.flatMap((result) =>
      result === null || result.misses.length === 0
        ? []
        : [html`<li>${place + 1} ${title}: ${result.misses.join('; ')}</li>`],
    ),
  );
  return html`<p>${expecting.length - missed.length} of ${expecting.length} tests pass.</p>
    ${
      missed.length > 0 &&
      html`<ul>
        ${missed}
      </ul>`
    }`;
}

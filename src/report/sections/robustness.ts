/** Accuracy, confidence and heatmaps under each perturbation, by checkpoint; the models side by side. */
import { counted } from '../../common/counted';
import { similarityRestsText } from '../../measures/drift';
import { SHOWN_MEASURES } from '../../measures/robustness/measures';
import type {
  ReportContent,
  RobustnessContent,
  RobustnessEntryContent,
  RobustnessResult,
  RunContent,
} from '../content';
import { checkpointName } from '../../runs';
import { charts, curveColour, drawCurves, type Curve } from '../curves';
import { INTERVALS_NOTE, percentOf, type Share } from '../../statistics';
import { cleanAccuracies } from '../cleanAccuracy';
import { entryName } from '../entryNames';
import { epochCell } from '../epochs';
import { html, type Markup } from '../markup';
import { estimateCell, NOTHING, rateCell } from '../numbers';
import { dataTable, type Cell } from '../table';
import { dropTable } from './confidenceDrop';
import { eachRun, figure, partOf, type Section } from './section';
import { outcomeOf } from '../outcome';

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
      'Whether robustness follows accuracy: accuracy on clean images (all test images, where it is known of them) and on perturbed ones, and the drop of confidence in the clean prediction with its 95 % interval, by epoch.',
    )
  }
  ${table(run, robustness)} ${expectations(run, robustness)}`;
}

function accuracyCurves(run: RunContent, { entries }: RobustnessContent): Markup {
  const { checkpoints } = run;
  const clean: Curve = { name: 'clean', colour: '#666', dashed: true, points: cleanPoints(run, entries) };
  const perturbed = entries.map((entry, at): Curve => {
    const rates = entry.results.map((result) => result?.measured.accuracy);
    return {
      name: entryName(entry, entries),
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

function dropCurves(run: RunContent, { entries }: RobustnessContent): Markup {
  const { checkpoints } = run;
  const drops = entries.map((entry, at): Curve => {
    const estimates = entry.results.map((result) => result?.measured.confidenceDrop.ofPrediction ?? null);
    return {
      name: entryName(entry, entries),
      colour: curveColour(at),
      points: checkpoints.map(({ epoch }, i) => [epoch, estimates[i]?.mean ?? null] as const),
      intervals: checkpoints.flatMap(({ epoch }, i) => {
        const within = estimates[i]?.interval;
        return within ? [[epoch, within.low, within.high] as const] : [];
      }),
    };
  });
  const points = cleanPoints(run, entries);
  const clean: Curve = { name: 'clean accuracy', colour: '#666', dashed: true, points, onRight: true };
  return drawCurves({
    title: 'Confidence drop, and clean accuracy',
    unit: 'drop',
    right: { unit: '%', range: [0, 100] },
    curves: [...drops, clean],
  });
}

function cleanPoints(run: RunContent, entries: readonly RobustnessEntryContent[]): Curve['points'] {
  const places = run.checkpoints.map((_, at) => at);
  const clean = cleanAccuracies(run, entries, places);
  return run.checkpoints.map(({ epoch }, at) => [epoch, percentOrNull(clean[at]?.share)] as const);
}

function percentOrNull(rate: Share | undefined): number | null {
  return rate === undefined ? null : percentOf(rate);
}

const HEAD = ['Epoch', ...SHOWN_MEASURES.map(({ head }) => head)];

function table(run: RunContent, { entries }: RobustnessContent): Markup {
  const { checkpoints } = run;
  const expects = entries.some((entry) => entry.expects);
  return dataTable({
    caption: html`Each perturbation at each checkpoint. Drops are of probability; below means stand 95 % intervals over
    n images, below accuracies and flip rates theirs in per cent, and the counts; the flip rate is how often the
    prediction is no longer the clean one; heatmaps are of the clean prediction, compared by rank correlation ρ,
    structural similarity, and the share in common of the highest 20 % of cells; a heatmap that is flat cannot be
    compared, and a mean that leaves out some says on how many it
    rests.${expects && ' “Failed” means that what the study expects is missed.'}`,
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
  return measured === undefined ? '' : `, ${counted(measured.images, 'image')} in ${counted(measured.rounds, 'round')}`;
}

function cells(result: RobustnessResult | null): Cell[] {
  if (result === null) return HEAD.slice(1).map(() => NOTHING);
  return SHOWN_MEASURES.map((measure) => {
    if (measure.kind === 'rate') return rateCell(measure.of(result.measured));
    const cell = estimateCell(measure.of(result.measured), measure.digits);
    return measure.id === 'spearman' ? withRests(cell, result.measured) : cell;
  });
}

/** A similarity, and what it rests on where not all heatmaps can be compared. */
function withRests(similarity: Cell, measured: RobustnessResult['measured']): Cell {
  const rests = similarityRestsText(measured);
  return rests === undefined ? similarity : html`${similarity}<br /><small class="rests">${rests}</small>`;
}

function verdict({ expects }: RobustnessEntryContent, result: RobustnessResult | null): Cell {
  if (!expects || result === null) return NOTHING;
  switch (outcomeOf(result)) {
    case 'passed':
      return html`<span class="right">passed</span>`;
    case 'failed':
      return html`<span class="wrong">failed</span>`;
    case 'undecided':
      return html`<span class="wrong">cannot be decided</span>`;
  }
}

/** What was missed and where, with its numbers. */
function expectations(
  { checkpoints, run: { manifest } }: RunContent,
  { entries }: RobustnessContent,
): Markup | undefined {
  const expecting = entries
    .filter(({ expects }) => expects)
    .flatMap(({ results }) => results.filter((each) => each !== null));
  if (expecting.length === 0) return undefined;
  const missed = entries.flatMap(({ place, title, results }) =>
    results.flatMap((result, at) =>
      result === null || result.misses.length === 0
        ? []
        : [
            html`<li>
              ${place + 1} ${title} at ${checkpointName(manifest, checkpoints[at]?.epoch ?? 0)}:
              ${result.misses.map(({ text }) => text).join('; ')}
            </li>`,
          ],
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

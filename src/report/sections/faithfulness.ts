/** Whether predictions depend on what the heatmaps mark, beside maps that know nothing of the network. */
import { counted } from '../../common/counted';
import { controlOf } from '../../measures/faithfulness/controls';
import type { MeasuredFaithfulness } from '../../measures/faithfulness/measured';
import { scoreOf, type ScoreId } from '../../measures/faithfulness/scores';
import { BEATS_NOTE, faithfulnessSentences } from '../../measures/faithfulness/text';
import { percentOf } from '../../statistics';
import type { ReportContent, RunContent } from '../content';
import { charts, drawCurves, type Curve } from '../curves';
import { epochCell } from '../epochs';
import { html, type Markup } from '../markup';
import { estimateCell, NOTHING } from '../numbers';
import type { FaithfulnessContent } from '../studies';
import { dataTable, type Cell } from '../table';
import { ACCURACY_AXIS, estimateCurve } from './estimateCurves';
import { figure, runsWith, type Section } from './section';

type Method = FaithfulnessContent['methods'][number];

/** Left out where no run has it. */
export function faithfulnessSection(content: ReportContent): Section | undefined {
  const body = runsWith(content, ({ studies }) => studies.faithfulness, ofRun);
  return body && { id: 'faithfulness', title: 'Faithfulness', body };
}

function ofRun(run: RunContent, { methods, images }: FaithfulnessContent): Markup {
  const scores = [
    ...new Set(methods.flatMap(({ points }) => points.flatMap((point) => point.scores.map(({ score }) => score)))),
  ];
  const judged = scores.filter((score) => scoreOf(score).better !== null);
  return html`${methods.map(
      ({ name, layer, points }) =>
        html`<ul>
          ${faithfulnessSentences(`${name} at ${layer}`, points).map((text) => html`<li>${text}</li>`)}
        </ul>`,
    )}
    ${methods
      .filter(({ points }) => points.length > 1)
      .map((method) =>
        figure(
          charts(judged.map((score) => curves(method, score))),
          html`${method.name} at <code>${method.layer}</code> beside its controls, by epoch, over the first
            ${counted(images, 'test image')}, with 95 % intervals; dashed grey, on the right, the accuracy of the same
            images.`,
        ),
      )}
    ${scores.map((score) => table(run, methods, score))}
    <p class="note">${BEATS_NOTE}</p>`;
}

function scoredAt({ scores }: MeasuredFaithfulness, score: ScoreId) {
  return scores.find((each) => each.score === score);
}

function curves({ name, points }: Method, score: ScoreId): Markup {
  const controls = (points.at(-1) && scoredAt(points.at(-1) as MeasuredFaithfulness, score))?.controls ?? [];
  const accuracy: Curve = {
    name: 'accuracy',
    colour: '#666',
    dashed: true,
    onRight: true,
    points: points.map((point) => [point.epoch, point.accuracy === null ? null : percentOf(point.accuracy)] as const),
  };
  return drawCurves({
    title: scoreOf(score).name,
    unit: '',
    right: ACCURACY_AXIS,
    curves: [
      estimateCurve(
        name,
        0,
        points.map((point) => ({ epoch: point.epoch, value: scoredAt(point, score)?.estimate })),
      ),
      ...controls.map(({ control }, at) =>
        estimateCurve(
          controlOf(control).name,
          at + 1,
          points.map((point) => ({
            epoch: point.epoch,
            value: scoredAt(point, score)?.controls.find((each) => each.control === control)?.estimate,
          })),
        ),
      ),
      accuracy,
    ],
  });
}

function table(run: RunContent, methods: readonly Method[], score: ScoreId): Markup {
  const { name, description, better, range } = scoreOf(score);
  const controls = [
    ...new Set(
      methods.flatMap(({ points }) =>
        points.flatMap((point) => (scoredAt(point, score)?.controls ?? []).map(({ control }) => control)),
      ),
    ),
  ];
  const wish = better === null ? 'it describes a map and does not judge it' : `${better} is better`;
  return dataTable({
    caption: html`${name}: ${description}; ${rangeText(range)}, ${wish}. Beside it the paired difference, the map’s
    score less the control’s of the same images. Means with 95 % intervals over n images.`,
    head: ['Epoch', name, ...controls.map((control) => `less ${controlOf(control).name}`)],
    rows: {
      groups: methods.map((method) => ({
        title: `${method.name} at ${method.layer}`,
        rows: method.points.map((point): Cell[] => {
          const scored = scoredAt(point, score);
          return [
            epochCell([run], point.epoch),
            estimateCell(scored?.estimate, 3),
            ...controls.map((control) => {
              const found = scored?.controls.find((each) => each.control === control);
              return found === undefined ? NOTHING : estimateCell(found.difference, 3);
            }),
          ];
        }),
      })),
    },
  });
}

function rangeText([low, high]: readonly [number, number]): string {
  return `${low < 0 ? `−${-low}` : low} to ${Number.isFinite(high) ? high : '∞'}`;
}

/** Faithfulness over epochs: the method's score beside its controls', and the paired differences to them. */
import * as l10n from '@vscode/l10n';
import { CONTROL_IDS, type ControlId } from '../../../src/measures/faithfulness/controls';
import type { MeasuredFaithfulness } from '../../../src/measures/faithfulness/measured';
import { scoreOf, type ScoreId } from '../../../src/measures/faithfulness/scores';
import { faithfulnessSentences } from '../../../src/measures/faithfulness/text';
import { plainLine, plainOption } from '../../chart/plainOption';
import { styleOf } from '../../chart/palette';
import { className } from '../../common/text';
import type { Figure, ImageRows, NumberRow, SectionContent } from '../content';
import { curveFigures, curveReadout, NO_ENDS, type ChartBasis, type CurveChart } from '../curveSection';
import { numberText } from '../numberTexts';
import { scoreDefinition } from './scoreDefinition';
import type { FaithfulnessAnswer } from './answer';
import { controlText, curveText, scoreText } from './texts';

export interface FaithfulnessShown {
  /** The place of the method that stands beside its controls. */
  readonly method: number;
  readonly score: ScoreId;
  /** Whose curves are drawn over shares of pixels; undefined: the last. */
  readonly epoch: number | undefined;
}

const METHOD_STYLE = 0;
const styleOfControl = (control: ControlId) => styleOf(1 + CONTROL_IDS.indexOf(control));

export function faithfulnessContent(
  answer: FaithfulnessAnswer,
  shown: FaithfulnessShown,
  basis: ChartBasis,
): SectionContent {
  const { methods, points, scores } = answer;
  const own = points[shown.method] ?? [];
  const score = scores.includes(shown.score) ? shown.score : (scores[0] ?? shown.score);
  const name = methods[shown.method]?.method.name ?? '';
  const epochs = [...new Set(points.flat().map(({ epoch }) => epoch))].sort((a, b) => a - b);
  const charts = chartsOf(answer, own, name, score);
  const at = own.find(({ epoch }) => epoch === shown.epoch) ?? own.at(-1);
  return {
    sentences: sentencesOf(answer, shown.method, score),
    figures: [...curveFigures(charts, epochs, basis), ...shareFigures(at, name, score, basis)],
    readout: curveReadout(charts, epochs, basis),
    notes: notesOf(answer, score),
    images: at && imagesOf(answer, at, name, score),
    table: {
      heads: [l10n.t('Method'), l10n.t('Layer'), l10n.t('Score'), l10n.t('Of'), l10n.t('Epoch')],
      columns: ['method', 'layer', 'score', 'of', 'control', 'epoch'],
      rows: points.flatMap((each, place) => rowsOf(answer, each, place, score)),
    },
  };
}

/** Of the score that is shown first, then of the others. */
function sentencesOf({ methods, points }: FaithfulnessAnswer, place: number, score: ScoreId): string[] {
  const { method, layer } = methods[place] ?? {};
  const name = method?.name ?? '';
  // As the command line names them, whose sentences these are.
  const maps = layer === undefined || layer.name === 'input' ? name : `${name} at ${layer.name}`;
  const sentences = faithfulnessSentences(maps, points[place] ?? []);
  const isShown = (sentence: string): boolean => sentence.startsWith(scoreOf(score).name);
  return [...sentences.filter(isShown), ...sentences.filter((sentence) => !isShown(sentence))];
}

function chartsOf(
  { methods, points, controls }: FaithfulnessAnswer,
  own: readonly MeasuredFaithfulness[],
  name: string,
  score: ScoreId,
): CurveChart[] {
  const title = scoreText(score);
  const scoredAt = (of: readonly MeasuredFaithfulness[], epoch: number) =>
    of.find((point) => point.epoch === epoch)?.scores.find((each) => each.score === score);
  const controlAt = (epoch: number, control: ControlId) =>
    scoredAt(own, epoch)?.controls.find((each) => each.control === control);
  const judged = scoreOf(score).better !== null && controls.length > 0;
  return [
    {
      key: 'score',
      title,
      range: NO_ENDS,
      curves: [
        { name, style: styleOf(METHOD_STYLE), at: (epoch) => scoredAt(own, epoch)?.estimate ?? null },
        ...controls.map((control) => ({
          name: controlText(control),
          style: styleOfControl(control),
          at: (epoch: number) => controlAt(epoch, control)?.estimate ?? null,
        })),
      ],
    },
    ...(judged
      ? [
          {
            key: 'difference',
            title: differenceText(score),
            range: NO_ENDS,
            marks: [{ yAxis: 0, text: l10n.t('no better') }],
            curves: controls.map((control) => ({
              name: controlText(control),
              style: styleOfControl(control),
              at: (epoch: number) => controlAt(epoch, control)?.difference ?? null,
            })),
          },
        ]
      : []),
    ...(methods.length > 1
      ? [
          {
            key: 'methods',
            title: l10n.t('{0} of the methods', title),
            range: NO_ENDS,
            curves: methods.map(({ method }, place) => ({
              name: method.name,
              style: styleOf(place),
              at: (epoch: number) => scoredAt(points[place] ?? [], epoch)?.estimate ?? null,
            })),
          },
        ]
      : []),
  ];
}

/** Which way is better is said where the difference is drawn. */
function differenceText(score: ScoreId): string {
  return scoreOf(score).better === 'lower'
    ? l10n.t('Difference to the controls (below 0 is better)')
    : l10n.t('Difference to the controls (above 0 is better)');
}

/** The probability of the class over the share of pixels that was changed, at one epoch. */
function shareFigures(
  point: MeasuredFaithfulness | undefined,
  name: string,
  score: ScoreId,
  { colours }: ChartBasis,
): Figure[] {
  const scored = point?.scores.find((each) => each.score === score);
  if (point === undefined || scored === undefined) return [];
  return scored.curves.map(({ curve, shares, probabilities }) => {
    const lines = [
      { name, style: styleOf(METHOD_STYLE), shares, probabilities },
      ...scored.controls.flatMap((each) => {
        const same = each.curves.find((other) => other.curve === curve);
        return same ? [{ ...same, name: controlText(each.control), style: styleOfControl(each.control) }] : [];
      }),
    ];
    const title = l10n.t('{0} at epoch {1}', curveText(curve), point.epoch);
    const steps = shares.map((share) => Math.round(100 * share));
    return {
      key: `curve ${curve}`,
      label: l10n.t('{0}. The arrow keys read out the shares.', title),
      content: {
        option: plainOption({
          title,
          x: { name: l10n.t('pixels changed (%)'), min: 0, max: 100 },
          y: { min: 0, max: 1 },
          series: lines.map((line) =>
            plainLine(
              line.name,
              line.style,
              line.shares.map((share, at) => [100 * share, line.probabilities[at] ?? 0]),
            ),
          ),
          colours,
        }),
        epochs: steps,
        pointAt: (step) => ({ seriesIndex: 0, dataIndex: steps.indexOf(step) }),
      },
      own: {
        readout: (value) => {
          const step = nearest(steps, value ?? 50);
          return {
            epoch: steps[step],
            head: l10n.t('{0} % of the pixels', steps[step] ?? 0),
            heads: [l10n.t('Probability')],
            rows: lines.map((line) => ({
              name: line.name,
              style: line.style,
              cells: [numberText(line.probabilities[step])],
            })),
          };
        },
      },
    };
  });
}

/** The place of the value that is nearest. */
export function nearest(values: readonly number[], value: number): number {
  let best = 0;
  for (const [at, each] of values.entries())
    if (Math.abs(each - value) < Math.abs((values[best] ?? 0) - value)) best = at;
  return best;
}

function rowsOf(
  { methods }: FaithfulnessAnswer,
  points: readonly MeasuredFaithfulness[],
  place: number,
  shown: ScoreId,
): NumberRow[] {
  const { method, layer } = methods[place] ?? {};
  return points.flatMap(({ epoch, scores }) =>
    scores.flatMap(({ score, estimate, controls }) => {
      const row = (
        numbers: NumberRow['numbers'],
        text: string,
        id: 'method' | 'control' | 'difference',
        control: ControlId | '' = '',
      ): NumberRow => ({
        of: [method?.name ?? '', layer?.name ?? '', scoreText(score), text, epoch],
        ids: [method?.id ?? '', layer?.name ?? '', score, id, control, epoch],
        numbers,
        isShown: score === shown,
      });
      return [
        row(estimate, l10n.t('the method'), 'method'),
        ...controls.flatMap((each) => [
          row(each.estimate, controlText(each.control), 'control', each.control),
          row(each.difference, l10n.t('difference to {0}', controlText(each.control)), 'difference', each.control),
        ]),
      ];
    }),
  );
}

/** The score of each image at one checkpoint, beside its controls'; undefined where these were not sent. */
function imagesOf(
  { images, classNames }: FaithfulnessAnswer,
  { epoch, scores }: MeasuredFaithfulness,
  name: string,
  shown: ScoreId,
): ImageRows | undefined {
  const scored = scores.find(({ score }) => score === shown);
  if (scored === undefined || images.length === 0 || scored.perImage.length !== images.length) return undefined;
  return {
    title: l10n.t('Each image at epoch {0}', epoch),
    heads: [name, ...scored.controls.map(({ control }) => controlText(control))],
    rows: images.map((image, at) => ({
      name: image.name,
      label: image.label === null ? '' : className(classNames, image.label),
      values: [scored, ...scored.controls].map(({ perImage }) => perImage[at] ?? null),
    })),
  };
}

function notesOf({ methods, unusable }: FaithfulnessAnswer, score: ScoreId): string[] {
  const same = methods.flatMap(({ method }) =>
    method.sameAs.length === 0
      ? []
      : [l10n.t('{0} gives the same maps here as {1}.', method.name, method.sameAs.join(', '))],
  );
  return [
    `${scoreText(score)}: ${scoreDefinition(score)}`,
    ...same,
    ...unusable.map((image) => l10n.t('Not measured: {0} ({1}).', image.name, image.problem)),
    l10n.t('Shaded: 95 % bootstrap intervals over images.'),
  ];
}

/** How heatmaps move over epochs, when focus settles, and whether a map says anything of what was learned. */
import { methodName } from '../../explanations';
import { findTargetLayer, type TargetLayer } from '../../architectures';
import { counted } from '../../common/counted';
import { allFlatText, changedText, FIXED_FOCUS, restsText, settlingText } from '../../measures/drift';
import { MOVEMENT_MEASURES, type MovementKey } from '../../measures/drift/movementMeasures';
import type { MeanMovement } from '../../measures/drift/numbers';
import { isEnoughCompared } from '../../statistics';
import type { AttentionContent, ReportContent, RunContent } from '../content';
import { charts, curveColour, drawCurves, type Curve } from '../curves';
import { declarationOfRun, untrainedEpoch, weightsAt } from '../../runs';
import { epochCell, hasSeveral } from '../epochs';
import { html, type Markup } from '../markup';
import { estimateCell, estimateText, fixed } from '../numbers';
import { dataTable, type Cell } from '../table';
import { eachRun, figure, partOf, type Section } from './section';

type Point = AttentionContent['numbers']['epochs'][number];
type Mean = Point['entropy'];
type Cells = Pick<TargetLayer, 'height' | 'width'>;

/** Left out where no run has several checkpoints. */
export function attentionSection(content: ReportContent): Section | undefined {
  if (!content.runs.some(hasSeveral)) return undefined;
  const body = eachRun(content, (run) =>
    partOf(
      run.attention,
      (attention) =>
        html`${findings(run, attention)} ${figure(curves(attention), curvesCaption(run, attention))}
        ${table(run, attention)}`,
    ),
  );
  return { id: 'attention', title: 'Attention over epochs', body };
}

/** When focus settles, for the summary too: of what each checkpoint predicts, and of one class. */
export function settlingTexts({ present }: RunContent, { numbers: { settling, epochs } }: AttentionContent): string[] {
  const checkpoints = { lookedAt: epochs.map(({ epoch }) => epoch), kept: present };
  return [settlingText(settling.target, checkpoints), settlingText(settling.lastPrediction, checkpoints, FIXED_FOCUS)];
}

function findings(run: RunContent, attention: AttentionContent): Markup {
  const { numbers, images } = attention;
  const flat = numbers.epochs.reduce((sum, point) => sum + point.flat, 0);
  const [target = '', ofOneClass = ''] = settlingTexts(run, attention);
  return html`<p>${target}</p>
    <p>${ofOneClass} ${changedText(numbers.epochs)}</p>
    <p>${randomisation(run, attention)}</p>
    ${
      numbers.maskArea !== null &&
      html`<p>
        The objects’ known masks cover ${fixed(100 * numbers.maskArea, 1)} % of these images: heat spread evenly would
        have that share inside, and more says that the model looks at the object.
      </p>`
    }
    ${flat === images * numbers.epochs.length && html`<p class="note">${allFlatText(cellsOf(run, attention))}</p>`}`;
}

function cellsOf({ run }: RunContent, { layer }: AttentionContent): Cells {
  return findTargetLayer(declarationOfRun(run), layer) ?? { height: 1, width: 1 };
}

function randomisation({ run: { manifest } }: RunContent, { numbers }: AttentionContent): Markup {
  const cited = html`Adebayo et al. 2018, <cite>Sanity Checks for Saliency Maps</cite>`;
  const { randomisation: found } = numbers;
  const epochs = numbers.epochs.map(({ epoch }) => epoch);
  if (found === null && epochs.some((epoch) => weightsAt(manifest, epoch) === 'beforeTraining'))
    return html`The training did not begin with random weights, so that its first checkpoint is no randomisation check
    (${cited}).`;
  if (found === null || untrainedEpoch(manifest, epochs) === null)
    return html`No checkpoint is known to be untrained, so that there is no randomisation check (${cited}).`;
  const { spearman, topOverlap } = found;
  if (spearman === null) return html`The untrained heatmaps or the last ones are flat: there is nothing to compare.`;
  const rests = restsText(found);
  return html`Between the untrained heatmap and the last one of the same class the rank correlation is
  ${estimateText(spearman, 3)} and the overlap of the highest 20 % of cells
  ${estimateText(topOverlap, 3)}${rests !== undefined && `, which ${rests}`} (randomisation check of ${cited}). Near 1 a
  map would look the same with random weights, and say nothing of what was learned.`;
}

/** Of a mean that rests on too few images nothing is drawn. */
function drawn(movement: MeanMovement | null): Mean {
  return movement !== null && isEnoughCompared(movement) ? movement.spearman : null;
}

function curves({ numbers: { epochs } }: AttentionContent): Markup {
  const curve = (name: string, at: number, value: (point: Point) => Mean, dashed = false): Curve => ({
    name,
    dashed,
    colour: curveColour(at),
    points: epochs.map((point) => [point.epoch, value(point)?.mean ?? null] as const),
    intervals: epochs.flatMap((point) => {
      const within = value(point)?.interval;
      return within ? [[point.epoch, within.low, within.high] as const] : [];
    }),
  });
  const alike = [
    curve('with the last', 0, ({ fromLast }) => drawn(fromLast)),
    curve('with the one before', 1, ({ fromPrevious }) => drawn(fromPrevious)),
    curve('with the last, one class', 0, ({ fixed }) => drawn(fixed.lastPrediction.fromLast), true),
    curve('with the one before, one class', 1, ({ fixed }) => drawn(fixed.lastPrediction.fromPrevious), true),
  ];
  const inMask = epochs.some((point) => point.inMask !== null)
    ? [curve('heat in the mask', 1, (point) => point.inMask)]
    : [];
  const spread = [curve('entropy', 0, ({ entropy }) => entropy), ...inMask];
  return charts([
    drawCurves({ title: 'Rank correlation of heatmaps', unit: 'ρ', curves: alike }),
    drawCurves({
      title: inMask.length > 0 ? 'Spread, and heat on the object' : 'Spread',
      unit: '',
      range: [0, 1],
      curves: spread,
    }),
  ]);
}

function curvesCaption({ method }: RunContent, { images, layer }: AttentionContent): Markup {
  return html`Means over the first ${counted(images, 'test image')} with 95 % intervals, of ${methodName(method)} of the
    class that each checkpoint predicts, at <code>${layer}</code>; dashed, of the one class that the last checkpoint
    predicts, which a change of prediction does not move. A flat map cannot be compared, and a mean over too few images
    is not drawn. Entropy is of the map as a distribution over cells: 0 is one cell, 1 is even.`;
}

function table(run: RunContent, { numbers: { epochs, maskArea }, images }: AttentionContent): Markup {
  const masked = maskArea !== null;
  const last = epochs.at(-1)?.epoch;
  // The last one beside itself says nothing.
  const beside = (epoch: number, cell: Cell): Cell => (epoch === last ? '' : cell);
  return dataTable({
    caption: html`How far heatmaps are from those of the epoch before and of the last epoch, and how they are spread.
    The shift is how far the centre of mass has moved, in sides of the map; “one class” is the class that the last
    checkpoint predicts, which may not be what a checkpoint predicts: by how many images’ predictions differ from the
    last ones says the last but one column. A mean over part of the images says over how many: flat maps cannot be
    compared. The last epoch is not compared with itself.`,
    head: [
      'Epoch',
      'ρ with the one before',
      ...MOVEMENT_MEASURES.map(({ head, preposition }) => `${head} ${preposition} the last`),
      'ρ with the one before, one class',
      'ρ with the last, one class',
      'Entropy',
      ...(masked ? ['In the mask'] : []),
      'Predicted otherwise',
      'Flat',
    ],
    rows: epochs.map(({ epoch, fromPrevious, fromLast, fixed, entropy, inMask, changed, flat }): Cell[] => [
      epochCell([run], epoch),
      movementCell(fromPrevious, 'spearman'),
      ...MOVEMENT_MEASURES.map(({ key }) => beside(epoch, movementCell(fromLast, key))),
      movementCell(fixed.lastPrediction.fromPrevious, 'spearman'),
      beside(epoch, movementCell(fixed.lastPrediction.fromLast, 'spearman')),
      estimateCell(entropy, 3),
      ...(masked ? [estimateCell(inMask, 3)] : []),
      beside(epoch, `${changed.fromLast}\u00a0of\u00a0${images}`),
      `${flat}\u00a0of\u00a0${images}`,
    ]),
  });
}

/** A mean, and what it rests on where that is not all images. */
function movementCell(movement: MeanMovement | null, key: MovementKey): Cell {
  const rests = movement && restsText(movement);
  const value = estimateCell(movement?.[key], 3);
  return rests ? html`${value}<br /><small class="rests">${rests}</small>` : value;
}

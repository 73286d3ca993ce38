/** How heatmaps move over epochs, when focus settles, and whether a map says anything of what was learned. */
import type { AttentionContent, ReportContent, RunContent } from '../content';
import { charts, curveColour, drawCurves, type Curve } from '../curves';
import { untrainedEpoch, weightsAt } from '../../runs';
import { epochCell, hasSeveral } from '../epochs';
import { html, type Markup } from '../markup';
import { estimateCell, estimateText, fixed } from '../numbers';
import { dataTable, type Cell } from '../table';
import { eachRun, figure, partOf, type Section } from './section';

type Point = AttentionContent['numbers']['epochs'][number];
type Mean = Point['entropy'];

/** Left out where no run has several checkpoints. */
export function attentionSection(content: ReportContent): Section | undefined {
  if (!content.runs.some(hasSeveral)) return undefined;
  const body = eachRun(content, (run) =>
    partOf(
      run.attention,
      (attention) =>
        html`${findings(run, attention)} ${figure(curves(attention), curvesCaption(attention))} ${table(run, attention)}`,
    ),
  );
  return { id: 'attention', title: 'Attention over epochs', body };
}

/** The same in a sentence, for the summary too. */
export function settlingText({ numbers: { settled } }: AttentionContent): string {
  return settled === null
    ? 'Focus does not settle before the last epoch: at no earlier one the mean rank correlation with the last heatmaps stays at least 0.8 from there on'
    : `Focus settles at epoch ${settled}: from there on the mean rank correlation with the last epoch’s heatmaps stays at least 0.8`;
}

function findings(run: RunContent, attention: AttentionContent): Markup {
  const { numbers, images } = attention;
  const flat = numbers.epochs.reduce((sum, point) => sum + point.flat, 0);
  return html`<p>${settlingText(attention)}.</p>
    <p>${randomisation(run, attention)}</p>
    ${
      numbers.maskArea !== null &&
      html`<p>
        The objects’ known masks cover ${fixed(100 * numbers.maskArea, 1)} % of these images: heat spread evenly would
        have that share inside, and more says that the model looks at the object.
      </p>`
    }
    ${
      flat === images * numbers.epochs.length &&
      html`<p class="note">
        All maps of this layer are flat, as a last feature map of one cell is: choose an earlier layer under "explain",
        or larger inputs.
      </p>`
    }`;
}

function randomisation({ run: { manifest } }: RunContent, { numbers }: AttentionContent): Markup {
  const cited = html`(randomisation check of Adebayo et al. 2018, <cite>Sanity Checks for Saliency Maps</cite>)`;
  const { randomisation: found } = numbers;
  const epochs = numbers.epochs.map(({ epoch }) => epoch);
  if (found === null && epochs.some((epoch) => weightsAt(manifest, epoch) === 'beforeTraining'))
    return html`The training did not begin with random weights, so that its first checkpoint is no randomisation check
    ${cited}.`;
  if (found === null || untrainedEpoch(manifest, epochs) === null)
    return html`No checkpoint is known to be untrained, so that there is no randomisation check ${cited}.`;
  if (found.spearman === null)
    return html`The untrained heatmaps or the last ones are flat: there is nothing to compare.`;
  return html`Between the untrained heatmap and the last one of the same class the rank correlation is
  ${estimateText(found.spearman, 3)} and the overlap of the highest 20 % of cells ${estimateText(found.topOverlap, 3)}
  ${cited}. Near 1 a map would look the same with random weights, and say nothing of what was learned.`;
}

function curves({ numbers: { epochs } }: AttentionContent): Markup {
  const curve = (name: string, at: number, value: (point: Point) => Mean | undefined): Curve => ({
    name,
    colour: curveColour(at),
    points: epochs.map((point) => [point.epoch, value(point)?.mean ?? null] as const),
    intervals: epochs.flatMap((point) => {
      const within = value(point)?.interval;
      return within ? [[point.epoch, within.low, within.high] as const] : [];
    }),
  });
  const alike = [
    curve('with the last', 0, ({ fromLast }) => fromLast.spearman),
    curve('with the one before', 1, ({ fromPrevious }) => fromPrevious?.spearman),
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

function curvesCaption({ images, layer }: AttentionContent): Markup {
  return html`Means over the first ${images} test images with 95 % intervals, of the class that each checkpoint
    predicts, at <code>${layer}</code>. Entropy is of the map as a distribution over cells: 0 is one cell, 1 is even.`;
}

function table(run: RunContent, { numbers: { epochs, maskArea }, images }: AttentionContent): Markup {
  const masked = maskArea !== null;
  return dataTable({
    caption: html`How far heatmaps are from those of the epoch before and of the last epoch, and how they are spread.
    The shift is how far the centre of mass has moved, in sides of the map.`,
    head: [
      'Epoch',
      'ρ with the one before',
      'ρ with the last',
      'Top 20\u00a0% in common',
      'Shift from the last',
      'Entropy',
      ...(masked ? ['In the mask'] : []),
      'Flat',
    ],
    rows: epochs.map(({ epoch, fromPrevious, fromLast, entropy, inMask, flat }): Cell[] => [
      epochCell([run], epoch),
      estimateCell(fromPrevious?.spearman, 3),
      estimateCell(fromLast.spearman, 3),
      estimateCell(fromLast.topOverlap, 3),
      estimateCell(fromLast.centreShift, 3),
      estimateCell(entropy, 3),
      ...(masked ? [estimateCell(inMask, 3)] : []),
      `${flat}\u00a0of\u00a0${images}`,
    ]),
  });
}

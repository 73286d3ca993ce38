/** Whether the heatmaps depend on the class and on what was learned. */
import { counted } from '../../common/counted';
import { AGREEMENT_MEASURES } from '../../measures/sanity/agreement';
import type { ClassSensitivityPoint } from '../../measures/sanity/numbers';
import { ALIKE_FROM } from '../../measures/sanity/points';
import { methodAtLayer, sanityTexts, type Checked } from '../../measures/sanity/text';
import type { ReportContent, RunContent } from '../content';
import { charts, drawCurves } from '../curves';
import { epochCell } from '../epochs';
import { html, type Markup } from '../markup';
import { estimateCell } from '../numbers';
import type { SanityContent } from '../studies';
import { dataTable, type Cell, type TableContent } from '../table';
import { ACCURACY_AXIS, accuracyCurve, estimateCurve } from './estimateCurves';
import { figure, runsWith, type Section } from './section';

type Point = Omit<ClassSensitivityPoint, 'epoch'>;

/** Left out where no run has it. */
export function sanitySection(content: ReportContent): Section | undefined {
  const body = runsWith(content, ({ studies }) => studies.sanity, ofRun);
  return body && { id: 'sanity', title: 'Sanity checks', body };
}

function ofRun(run: RunContent, { methods, images }: SanityContent): Markup {
  const followed = methods.filter(({ classSensitivity }) => (classSensitivity?.length ?? 0) > 1);
  return html`${methods.map(
    (method) =>
      html`<ul>
        ${sanityTexts(method, null).map((text) => html`<li>${text}</li>`)}
      </ul>`,
  )}
  ${
    followed.length > 0 &&
    figure(
      charts(followed.map((method) => curves(run, method))),
      html`Rank correlation of the predicted class’s map with the runner-up’s, before ReLU, and of random maps with the
      same, by epoch, over ${counted(images, 'test image')}, with 95 % intervals; dashed grey, on the right, the
      accuracy of all test images.`,
    )
  }
  ${classes(run, methods)} ${redrawn(methods)}`;
}

function curves(run: RunContent, method: Checked): Markup {
  const points = method.classSensitivity ?? [];
  return drawCurves({
    title: methodAtLayer(method),
    unit: 'ρ',
    right: ACCURACY_AXIS,
    curves: [
      estimateCurve(
        'predicted class and runner-up',
        0,
        points.map(({ epoch, signed: value }) => ({ epoch, value })),
      ),
      estimateCurve(
        'with a random map',
        1,
        points.map(({ epoch, chance }) => ({ epoch, value: chance.signed })),
      ),
      accuracyCurve(
        run,
        points.map(({ epoch }) => epoch),
      ),
    ],
  });
}

const [SIGNED, ...OTHERS] = AGREEMENT_MEASURES;
const HEAD = [SIGNED.name, 'Random map', 'Difference', ...OTHERS.map(({ name }) => name), 'Maps are'];
const NOTE = `The difference is paired by image. Maps are different where the interval of the first number is below ${ALIKE_FROM}, alike where it is from there on. Means with 95 % intervals over n images.`;

function cells(point: Point): Cell[] {
  return [
    estimateCell(point.signed, 3),
    estimateCell(point.chance.signed, 3),
    estimateCell(point.aboveChance, 3),
    ...OTHERS.map(({ key }) => estimateCell(point[key], 3)),
    point.verdict,
  ];
}

function classes(run: RunContent, methods: readonly Checked[]): Markup | undefined {
  const groups = methods.flatMap((method) =>
    method.classSensitivity === null || method.classSensitivity.length === 0
      ? []
      : [
          {
            title: methodAtLayer(method),
            rows: method.classSensitivity.map((point): Cell[] => [epochCell([run], point.epoch), ...cells(point)]),
          },
        ],
  );
  return tableOf(
    groups,
    `Class sensitivity: the map of the predicted class against that of the runner-up, by checkpoint. ${NOTE}`,
    'Epoch',
  );
}

function redrawn(methods: readonly Checked[]): Markup | undefined {
  const groups = methods.flatMap((method) => {
    if (method.randomisation === null) return [];
    const { epoch, cascading, alone } = method.randomisation;
    const name = `${methodAtLayer(method)}, epoch ${epoch}`;
    return [
      {
        title: `${name}: re-drawn from the head down to`,
        rows: cascading.map((point): Cell[] => [point.group, ...cells(point)]),
      },
      { title: `${name}: re-drawn alone`, rows: alone.map((point): Cell[] => [point.group, ...cells(point)]) },
    ].filter(({ rows }) => rows.length > 0);
  });
  return tableOf(groups, `Randomisation: the trained map against that of re-drawn weights. ${NOTE}`, 'Layers');
}

function tableOf(
  groups: Extract<TableContent['rows'], { groups: unknown }>['groups'],
  caption: string,
  first: string,
): Markup | undefined {
  return groups.length === 0 ? undefined : dataTable({ caption, head: [first, ...HEAD], rows: { groups } });
}

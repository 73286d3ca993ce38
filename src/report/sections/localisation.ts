/** Whether relevance lies where the object is: on known masks, and on the right tiles of mosaics. */
import { counted } from '../../common/counted';
import { fixedText } from '../../common/numberText';
import { controlOf } from '../../measures/faithfulness/controls';
import { LOCALISATION_CONTROLS, LOCALISATION_MEASURES } from '../../measures/localisation/measures';
import { FOCUS_NOTE, focusTexts, maskedTexts } from '../../measures/localisation/text';
import type { ReportContent, RunContent } from '../content';
import { charts, drawCurves } from '../curves';
import { epochCell } from '../epochs';
import { html, type Markup } from '../markup';
import { estimateCell } from '../numbers';
import type { LocalisationContent } from '../studies';
import { dataTable, type Cell } from '../table';
import { ACCURACY_AXIS, accuracyCurve, estimateCurve } from './estimateCurves';
import { figure, runsWith, type Section } from './section';

type Method = LocalisationContent['methods'][number];

/** Left out where no run has it. */
export function localisationSection(content: ReportContent): Section | undefined {
  const body = runsWith(content, ({ studies }) => studies.localisation, ofRun);
  return body && { id: 'localisation', title: 'Localisation', body };
}

function ofRun(run: RunContent, content: LocalisationContent): Markup {
  const { methods, images, mosaics, maskArea } = content;
  const followed = methods.filter(({ points }) => points.length > 1);
  const area = maskArea === null ? '' : `, whose objects take ${fixedText(100 * maskArea, 1)} % of the area`;
  const of = [
    ...(images > 0 ? [`${counted(images, 'image')}${area}`] : []),
    ...(mosaics > 0 ? [counted(mosaics, 'mosaic')] : []),
  ];
  return html`${methods.map(
    (method) =>
      html`<ul>
        ${[...maskedTexts(method), ...focusTexts(method)].map((text) => html`<li>${text}</li>`)}
      </ul>`,
  )}
  ${
    followed.length > 0 &&
    figure(
      charts(followed.flatMap((method) => curves(run, method, content))),
      html`Energy on the object beside that of control maps, and Focus, which has 0.5 by chance, by epoch, over
      ${of.join(', and ')}, with 95 % intervals; dashed grey, on the right, the accuracy of all test images.`,
    )
  }
  ${images > 0 && maskTable(run, methods, `${counted(images, 'image')}${area}`)}
  ${mosaics > 0 && focusTable(run, methods, mosaics)} ${mosaics > 0 && html`<p class="note">${FOCUS_NOTE}</p>`}`;
}

function curves(run: RunContent, { name, layer, points }: Method, { images, mosaics }: LocalisationContent): Markup[] {
  const accuracy = accuracyCurve(
    run,
    points.map(({ epoch }) => epoch),
  );
  const energy = points.map(({ epoch, masked }) => ({ epoch, value: masked?.energy.estimate }));
  const controls = LOCALISATION_CONTROLS.map((id, at) =>
    estimateCurve(
      controlOf(id).name,
      at + 1,
      points.map(({ epoch, masked }) => ({
        epoch,
        value: masked?.energy.controls.find((each) => each.id === id)?.estimate,
      })),
    ),
  );
  const focus = points.map((point) => ({ epoch: point.epoch, value: point.focus?.estimate }));
  const chart = (title: string, shown: Parameters<typeof drawCurves>[0]['curves']): Markup =>
    drawCurves({
      title: `${title}: ${name} at ${layer}`,
      unit: '',
      range: [0, 1],
      right: ACCURACY_AXIS,
      curves: [...shown, accuracy],
    });
  return [
    ...(images > 0 ? [chart('Energy inside', [estimateCurve(name, 0, energy), ...controls])] : []),
    ...(mosaics > 0 ? [chart('Focus', [estimateCurve(name, 0, focus)])] : []),
  ];
}

function maskTable(run: RunContent, methods: readonly Method[], of: string): Markup {
  return dataTable({
    caption: `Relevance on the object of each of ${of}. The last columns: the energy inside less that of a control’s map of the same image. Means with 95 % intervals over n images.`,
    head: [
      'Epoch',
      ...LOCALISATION_MEASURES.map(({ name }) => name),
      ...LOCALISATION_CONTROLS.map((id) => `energy less ${controlOf(id).name}`),
    ],
    rows: {
      groups: methods.map(({ name, layer, points }) => ({
        title: `${name} at ${layer}`,
        rows: points.flatMap(({ epoch, masked }): Cell[][] =>
          masked === null
            ? []
            : [
                [
                  epochCell([run], epoch),
                  ...LOCALISATION_MEASURES.map(({ key }) => estimateCell(masked[key].estimate, 3)),
                  ...LOCALISATION_CONTROLS.map((id) =>
                    estimateCell(masked.energy.controls.find((each) => each.id === id)?.difference, 3),
                  ),
                ],
              ],
        ),
      })),
    },
  });
}

function focusTable(run: RunContent, methods: readonly Method[], mosaics: number): Markup {
  return dataTable({
    caption: `Focus over ${counted(mosaics, 'mosaic')}, and how much more it is than 0.5, which is chance. Means with 95 % intervals over n mosaics.`,
    head: ['Epoch', 'Focus', 'less chance'],
    rows: {
      groups: methods.map(({ name, layer, points }) => ({
        title: `${name} at ${layer}`,
        rows: points.flatMap(({ epoch, focus }): Cell[][] =>
          focus === null
            ? []
            : [[epochCell([run], epoch), estimateCell(focus.estimate, 3), estimateCell(focus.aboveChance, 3)]],
        ),
      })),
    },
  });
}

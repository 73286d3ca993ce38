/** Where relevance lies, over epochs: on the objects that masks know, and on the right tiles of mosaics. */
import * as l10n from '@vscode/l10n';
import type { MeasuredLocalisation } from '../../../src/measures/localisation/measured';
import {
  LOCALISATION_CONTROLS,
  LOCALISATION_MEASURES,
  type MeasureKey,
} from '../../../src/measures/localisation/measures';
import { focusTexts, maskedTexts } from '../../../src/measures/localisation/text';
import { styleOf } from '../../chart/palette';
import { decimal } from '../../common/text';
import type { NumberRow, SectionContent } from '../content';
import { curveFigures, curveReadout, type ChartBasis, type Curve, type CurveChart } from '../curveSection';
import type { LocalisationAnswer } from './answer';
import { controlText } from '../faithfulness/texts';
import { measureText } from './texts';

const MEASURE_KEYS = LOCALISATION_MEASURES.map(({ key }) => key);
const SHARES = { min: 0, max: 1 };

export function localisationContent(answer: LocalisationAnswer, basis: ChartBasis): SectionContent {
  const { points, images, mosaics } = answer;
  const epochs = [...new Set(points.flat().map(({ epoch }) => epoch))].sort((a, b) => a - b);
  const charts = [...(images > 0 ? maskCharts(answer) : []), ...(mosaics > 0 ? [focusChart(answer)] : [])];
  return {
    sentences: sentencesOf(answer),
    figures: curveFigures(charts, epochs, basis),
    readout: curveReadout(charts, epochs, basis),
    notes: [
      ...(images === 0
        ? [l10n.t('The data set does not know where its objects are: Focus alone is measured.')]
        : [l10n.t('Masks of {0} images, and {1} mosaics of two classes.', images, mosaics)]),
      l10n.t('Shaded: 95 % bootstrap intervals over images.'),
    ],
    table: {
      heads: [l10n.t('Method'), l10n.t('Measure'), l10n.t('Of'), l10n.t('Epoch')],
      columns: ['method', 'measure', 'of', 'control', 'epoch'],
      rows: points.flatMap((each, place) => each.flatMap((point) => rowsOf(answer, place, point))),
    },
  };
}

function sentencesOf({ methods, points }: LocalisationAnswer): string[] {
  return methods.flatMap(({ method: { name }, layer }, place) => {
    const of = { name, layer: layer.name, points: points[place] ?? [] };
    return [...maskedTexts(of), ...focusTexts(of)];
  });
}

/** Each measure of the methods, and of the controls beside the first. */
function maskCharts({ methods, points, maskArea }: LocalisationAnswer): CurveChart[] {
  const at = (place: number, epoch: number, key: MeasureKey) =>
    points[place]?.find((point) => point.epoch === epoch)?.masked?.[key];
  return MEASURE_KEYS.map((key) => ({
    key,
    title: measureText(key),
    range: SHARES,
    marks:
      maskArea === null || key === 'pointing'
        ? []
        : [{ yAxis: maskArea, text: l10n.t('spread evenly: {0}', decimal(maskArea.toFixed(2))) }],
    curves: [
      ...methods.map(({ method }, place): Curve => ({
        name: method.name,
        style: styleOf(place + LOCALISATION_CONTROLS.length),
        at: (epoch) => at(place, epoch, key)?.estimate ?? null,
      })),
      ...LOCALISATION_CONTROLS.map((control, place): Curve => ({
        name: controlText(control),
        style: styleOf(place),
        at: (epoch) => at(0, epoch, key)?.controls.find(({ id }) => id === control)?.estimate ?? null,
      })),
    ],
  }));
}

function focusChart({ methods, points }: LocalisationAnswer): CurveChart {
  return {
    key: 'focus',
    title: l10n.t('Focus on the right tiles'),
    range: SHARES,
    marks: [{ yAxis: 0.5, text: l10n.t('chance: {0}', decimal('0.5')) }],
    curves: methods.map(({ method }, place) => ({
      name: method.name,
      style: styleOf(place + LOCALISATION_CONTROLS.length),
      at: (epoch) => points[place]?.find((point) => point.epoch === epoch)?.focus?.estimate ?? null,
    })),
  };
}

function rowsOf({ methods }: LocalisationAnswer, place: number, point: MeasuredLocalisation): NumberRow[] {
  const { epoch, masked, focus } = point;
  const { id = '', name = '' } = methods[place]?.method ?? {};
  const row = (
    [measure, measureId]: readonly [string, MeasureKey | 'focus'],
    [of, ofId]: readonly [string, string],
    numbers: NumberRow['numbers'],
    control: (typeof LOCALISATION_CONTROLS)[number] | '' = '',
  ): NumberRow => ({
    of: [name, measure, of, epoch],
    ids: [id, measureId, ofId, control, epoch],
    numbers,
    isShown: true,
  });
  const ofMethod = [l10n.t('the method'), 'method'] as const;
  const focusName = [l10n.t('Focus'), 'focus'] as const;
  return [
    ...(masked === null
      ? []
      : MEASURE_KEYS.flatMap((key) => {
          const measure = [measureText(key), key] as const;
          return [
            row(measure, ofMethod, masked[key].estimate),
            ...masked[key].controls.flatMap((control) => {
              const text = controlText(control.id);
              return [
                row(measure, [text, 'control'], control.estimate, control.id),
                row(measure, [l10n.t('difference to {0}', text), 'difference'], control.difference, control.id),
              ];
            }),
          ];
        })),
    ...(focus === null
      ? []
      : [
          row(focusName, ofMethod, focus.estimate),
          row(focusName, [l10n.t('above chance'), 'aboveChance'], focus.aboveChance),
        ]),
  ];
}

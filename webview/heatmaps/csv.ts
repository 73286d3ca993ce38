/** All results as a table: a row for each image, method, checkpoint and class, or for each difference that is shown. */
import { csvText } from '../common/csv';
import { labelOf } from '../common/heat/results';
import { className, exactNumber } from '../common/text';
import { differenceScale, subtractedText, type ShownHeat } from './compared';
import { explanationAt, imageAt, resultsAt, type HeatmapsState } from './heatmapsState';
import type { CellPlace } from './settings';
import { shownCell } from './shownCell';

const HEADINGS = [
  'image',
  'label',
  'epoch',
  'test_accuracy',
  'predicted',
  'class',
  'logit',
  'probability',
  'layer',
  'height',
  'width',
  'method',
  'parameters',
  'expected_sum',
  'less',
  'scaled',
];

/**
 * RFC 4180, with "\n". The columns r0c0, r0c1, … are the map's raw values, before any scaling, row by row; of maps of
 * several sizes, the smaller ones leave those beyond their own empty. Of a difference, `less` says what was taken from the
 * map, and `scaled` whether each map was divided by its own range first ('own').
 */
export function csvOf(state: HeatmapsState): string {
  const lines = state.rows.flatMap((row) =>
    state.checkpoints.flatMap(({ epoch }) => linesOf(state, { ...row, epoch })),
  );
  const height = lines.reduce((most, { heat }) => Math.max(most, heat.map.height), 0);
  const width = lines.reduce((most, { heat }) => Math.max(most, heat.map.width), 0);
  const positions = Array.from({ length: height * width }, (_, i) => `r${Math.floor(i / width)}c${i % width}`);
  const cells = ({ map }: ShownHeat): string[] =>
    positions.map((_, i) => {
      const [row, column] = [Math.floor(i / width), i % width];
      const isInside = row < map.height && column < map.width;
      return isInside ? exactNumber(map.values[row * map.width + column] as number) : '';
    });
  return csvText([[...HEADINGS, ...positions], ...lines.map(({ facts, heat }) => [...facts, ...cells(heat)])], '\n');
}

interface Line {
  readonly facts: (string | number)[];
  readonly heat: ShownHeat;
}

function linesOf(state: HeatmapsState, place: CellPlace): Line[] {
  const results = resultsAt(state, place);
  const result = results.cell(place.image, place.epoch);
  if (result === undefined) return [];
  const { method, parameters } = explanationAt(state, place);
  const label = labelOf(imageAt(state, place.image));
  const accuracy = state.checkpoints.find(({ epoch }) => epoch === place.epoch)?.testAccuracy ?? '';
  const name = (index: number): string => className(state.view.classNames, index);
  const less = subtractedText(state, place);
  const shown = less === undefined ? undefined : shownCell(state, place);
  const maps =
    less === undefined
      ? result.classes.map((target) => ({ target, heat: result.heat(target) }))
      : [{ target: shown?.target ?? 0, heat: shown?.heat }];
  return maps.flatMap(({ target, heat }) => {
    if (heat === undefined) return [];
    const facts = [
      place.image,
      label === null ? '' : name(label),
      place.epoch,
      accuracy,
      name(result.predicted),
      name(target),
      exactNumber(result.logits[target] ?? 0),
      result.probabilities[target] ?? 0,
      results.layer?.name ?? '',
      heat.map.height,
      heat.map.width,
      method.id,
      Object.entries(parameters)
        .map((each) => each.join('='))
        .join(' '),
      heat.expectedSum ?? '',
      less ?? '',
      less === undefined ? '' : differenceScale(state),
    ];
    return [{ facts, heat }];
  });
}

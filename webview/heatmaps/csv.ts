/** All results as a table: a row for each image, checkpoint and class. */
import { csvText } from '../common/csv';
import type { HeatmapsState } from './heatmapsState';
import { labelOf } from '../common/heat/results';
import { className, exactNumber } from '../common/text';

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
];

/** RFC 4180, with "\n". The columns r0c0, r0c1, … are the map's raw values, before any scaling, row by row. */
export function csvOf(state: HeatmapsState): string {
  const { results, view } = state;
  const { height, width } = results.layer ?? { height: 0, width: 0 };
  const positions = Array.from({ length: height * width }, (_, i) => `r${Math.floor(i / width)}c${i % width}`);
  const lines: (string | number)[][] = [[...HEADINGS, ...positions]];
  const name = (index: number): string => className(view.classNames, index);
  for (const image of state.images) {
    const label = labelOf(results.image(image));
    for (const { epoch, testAccuracy } of state.checkpoints) {
      const result = results.cell(image, epoch);
      if (result === undefined) continue;
      for (let target = 0; target < result.logits.length; target++) {
        lines.push([
          image,
          label === null ? '' : name(label),
          epoch,
          testAccuracy ?? '',
          name(result.predicted),
          name(target),
          exactNumber(result.logits[target] ?? 0),
          result.probabilities[target] ?? 0,
          results.layer?.name ?? '',
          height,
          width,
          state.method,
          ...Array.from(result.map(target).values, exactNumber),
        ]);
      }
    }
  }
  return csvText(lines, '\n');
}

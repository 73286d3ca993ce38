/** The view of many images: curves over epochs and the table of all numbers. */
import { createChart } from '../../common/chart/chart';
import { chartColours, styleOf } from '../../chart/palette';
import { dropdown } from '../../common/controls';
import { h } from '../../common/dom';
import { field } from '../../common/field';
import type { RobustnessState } from '../robustnessState';
import type { SavedState } from '../savedState';
import { chartContent, curvesOf } from './curves';
import { createLegend } from './legend';
import { MEASURES, measureText } from './measures';
import { testsPicture } from './picture';
import { createTable } from './table';
import { epochTooltip } from './tooltip';

export interface TestsView {
  readonly element: HTMLElement;
  update(model: RobustnessState): void;
  /** Chart and table as PNG. */
  picture(model: RobustnessState): Promise<Uint8Array<ArrayBuffer>>;
}

export function createTestsView(onState: (change: Partial<SavedState>) => void): TestsView {
  const measure = dropdown<string>('Measure of the curves', (value) => onState({ measure: value }));
  const chart = createChart('Robustness by epoch, with clean accuracy. The arrow keys read out the epochs.');
  const legend = createLegend((entry) => onState({ entry }));
  const table = createTable((sort) => onState({ sort }));
  const element = h(
    'div',
    { class: 'tests-view' },
    h('div', { class: 'chart-head' }, field('Curves', measure.element), legend.element),
    chart.element,
    table.element,
  );
  return {
    element,
    update(model) {
      measure.set(
        MEASURES.map((each) => ({ value: each.id, text: measureText(each) })),
        model.state.measure,
      );
      legend.update(model, styleOf);
      const curves = curvesOf(model, styleOf);
      chart.update(chartContent(model, curves, chartColours(), (epoch) => epochTooltip(model, curves, epoch)));
      table.update(model);
    },
    picture: (model) => testsPicture(chart, model, curvesOf(model, styleOf)),
  };
}

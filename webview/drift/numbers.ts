/** The measurement: where heatmaps settle, the curves, and the list of images. */
import { methodName } from '../../src/explanations';
import type { Attention } from '../../src/protocol/engine';
import { createChart } from '../common/chart/chart';
import { chartColours } from '../chart/palette';
import { h } from '../common/dom';
import { chartContent } from './chartContent';
import { createLegend } from './legend';
import { MEASURES } from './measures';
import { accuraciesOf, keptEpochs, type DriftState } from './driftState';
import { attentionPicture } from './picture';
import { oneClassText, randomisationText, settledText } from './sentences';
import { epochTooltip } from './tooltip';

export interface Numbers {
  readonly element: HTMLElement;
  update(model: DriftState, attention: Attention): void;
  /** The visible curves as PNG. */
  picture(model: DriftState, attention: Attention): Promise<Uint8Array<ArrayBuffer>>;
}

/** @param list the list of images */
export function createNumbers(list: HTMLElement): Numbers {
  const charts = MEASURES.map((measure) => ({
    measure,
    chart: createChart(`${measure.title} by epoch. The arrow keys read out the epochs.`),
  }));
  const settled = h('p', { class: 'settled-text', role: 'status' });
  const oneClass = h('p', { class: 'one-class' });
  const check = h('p', { class: 'check muted' });
  const legend = createLegend();
  const curves = h('div', { class: 'charts' }, ...charts.map(({ chart }) => chart.element));
  return {
    element: h('div', { class: 'numbers' }, settled, oneClass, check, legend.element, curves, list),
    update(model, attention) {
      const accuracies = accuraciesOf(model.view);
      settled.textContent = settledText(attention, keptEpochs(model.view));
      oneClass.textContent = oneClassText(attention, keptEpochs(model.view));
      legend.update(attention);
      check.textContent = randomisationText(attention, model.view.checkpoints);
      const colours = chartColours();
      for (const { measure, chart } of charts) {
        chart.element.hidden = measure.key === 'inMask' && attention.maskArea === null;
        if (chart.element.hidden) continue;
        const tooltip = (epoch: number): HTMLElement =>
          epochTooltip(epoch, measure, attention, accuracies.get(epoch) ?? null);
        chart.update(chartContent({ measure, attention, accuracies, colours, tooltip }));
      }
    },
    picture({ view }, attention) {
      const shown = charts.filter(({ chart }) => !chart.element.hidden).map(({ chart }) => chart);
      const title = `Attention over epochs: ${view.studyName}, ${methodName(view.studyMethod)} at layer ${attention.layer.name}, heatmaps of ${attention.target === 'label' ? 'the label' : 'the predicted class'}. Circles: with the last epoch, or the epoch’s own; squares: with the epoch before; dotted: test accuracy; shaded: 95 % intervals.`;
      const kept = keptEpochs(view);
      return attentionPicture(shown, [
        title,
        settledText(attention, kept),
        oneClassText(attention, kept),
        randomisationText(attention, view.checkpoints),
      ]);
    },
  };
}

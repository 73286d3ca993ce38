/** The values of one epoch, of all runs that are shown. */
import type { RunCurve } from '../../src/protocol/metrics';
import { h } from '../common/dom';
import type { ShownRun } from './chartOption';
import { formatValue, PART_TEXT, PARTS, testBasis, valueOf, type Measure, type Part } from './measures';
import { swatch } from '../common/chart/swatch';

export function epochTooltip(
  epoch: number,
  runs: readonly ShownRun[],
  measure: Measure,
  parts: readonly Part[],
): HTMLElement {
  const shown = PARTS.filter((part) => parts.includes(part));
  const unit = measure === 'accuracy' ? ' %' : '';
  const rows = runs.flatMap(({ curve, style }) => {
    const values = curve.epochs.find((each) => each.epoch === epoch);
    if (values === undefined) return [];
    const cells = shown.map((part) => {
      const basis = measure === 'accuracy' && part === 'test' ? testBasis(values) : '';
      const value = formatValue(valueOf(values, measure, part), measure);
      return h('td', {}, value, basis !== '' && h('span', { class: 'muted' }, ` (95 %: ${basis})`));
    });
    const claim = measure === 'accuracy' ? curve.claims.find((each) => each.epoch === epoch) : undefined;
    const claimed = claim && h('td', { class: 'muted' }, `its file claims ${formatValue(claim.testAccuracy, measure)}`);
    return [
      h('tr', {}, h('td', {}, swatch(style), ` ${nameOf(curve, runs)}`), ...cells, ...(claimed ? [claimed] : [])),
    ];
  });
  const heads = shown.map((part) => h('th', { scope: 'col' }, `${PART_TEXT[part]}${unit}`));
  return h(
    'div',
    { class: 'values' },
    h('table', {}, h('thead', {}, h('tr', {}, h('th', {}, `Epoch ${epoch}`), ...heads)), h('tbody', {}, ...rows)),
  );
}

/** The study's name is shown only if there are several studies. */
function nameOf({ studyName, id }: RunCurve, runs: readonly ShownRun[]): string {
  return runs.every(({ curve }) => curve.studyName === studyName) ? id : `${studyName} ${id}`;
}

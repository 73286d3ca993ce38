/** The panel, put together from its parts. */
import type { MetricsExport, RunCurve } from '../../src/protocol/metrics';
import { button, checkbox } from '../common/controls';
import { h } from '../common/dom';
import { onThemeChange } from '../chart/themeColours';
import { createChart } from '../common/chart/chart';
import { chartContent, type ShownRun } from './chartOption';
import { metricsCsv } from './csv';
import { PARTS, type Measure, type Part } from './measures';
import { chartColours, styleOf } from '../chart/palette';
import { metricsPicture } from './picture';
import { createRunList } from './runList';
import { createTable } from './table';
import { epochTooltip } from './tooltip';

export interface Shown {
  readonly runs: readonly string[];
  readonly parts: readonly Part[];
  readonly logarithmic: boolean;
}

export interface PanelOptions {
  readonly onShown: (shown: Shown) => void;
  readonly onExport: (kind: MetricsExport, bytes: Uint8Array<ArrayBuffer>) => Promise<string | null>;
}

export interface Panel {
  readonly element: HTMLElement;
  update(curves: readonly RunCurve[], shown: Shown): void;
}

export function createPanel({ onShown, onExport }: PanelOptions): Panel {
  let curves: readonly RunCurve[] = [];
  let shown: Shown = { runs: [], parts: PARTS, logarithmic: false };
  const charts: Readonly<Record<Measure, ReturnType<typeof createChart>>> = {
    accuracy: createChart('Accuracy by epoch. The arrow keys read out the epochs.'),
    loss: createChart('Loss by epoch. The arrow keys read out the epochs.'),
  };
  const table = createTable();
  const list = createRunList((run, on) => {
    const others = shown.runs.filter((each) => each !== run);
    onShown({ ...shown, runs: on ? [...others, run] : others });
  });
  const partBoxes = PARTS.map((part) =>
    checkbox(PART_LABELS[part], true, (on) => {
      onShown({ ...shown, parts: PARTS.filter((each) => (each === part ? on : shown.parts.includes(each))) });
    }),
  );
  const logarithmic = checkbox('Logarithmic loss', false, (on) => onShown({ ...shown, logarithmic: on }));
  const said = h('span', { class: 'said', role: 'status' });
  const exports = [
    button({ label: 'Export PNG', icon: 'save', onClick: () => void save('png') }),
    button({ label: 'Export CSV', icon: 'table', onClick: () => void save('csv') }),
  ];
  const nothing = h('p', { class: 'muted nothing', role: 'status' });
  const element = h(
    'main',
    { class: 'metrics' },
    h(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': 'Curves' },
      ...partBoxes.map((box) => box.element),
      logarithmic.element,
      h('span', { class: 'end' }, said, ...exports),
    ),
    list.element,
    h(
      'div',
      { class: 'content' },
      nothing,
      h('div', { class: 'charts' }, charts.accuracy.element, charts.loss.element),
      table.element,
    ),
  );

  /** Runs keep their index in the list, and with it their colour. */
  function shownRuns(): ShownRun[] {
    return curves
      .map((curve, place) => ({ curve, style: styleOf(place) }))
      .filter(({ curve }) => shown.runs.includes(curve.run));
  }

  async function save(kind: MetricsExport): Promise<void> {
    const runs = shownRuns();
    try {
      const bytes =
        kind === 'png'
          ? await metricsPicture([charts.accuracy, charts.loss], runs, shown.parts)
          : new TextEncoder().encode(metricsCsv(runs.map(({ curve }) => curve)));
      const saved = await onExport(kind, bytes);
      said.textContent = saved === null ? '' : `Saved as ${saved}`;
    } catch (error) {
      said.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  function draw(): void {
    const runs = shownRuns();
    const { parts } = shown;
    list.update(curves, new Set(shown.runs));
    partBoxes.forEach((box, place) => box.set(parts.includes(PARTS[place] as Part)));
    logarithmic.set(shown.logarithmic);
    nothing.textContent = whyNothing(runs, parts);
    nothing.hidden = nothing.textContent === '';
    for (const each of exports) (each as HTMLElement & { disabled: boolean }).disabled = runs.length === 0;
    const colours = chartColours();
    for (const measure of ['accuracy', 'loss'] as const) {
      const content = chartContent({
        measure,
        runs,
        parts,
        colours,
        logarithmic: shown.logarithmic && measure === 'loss',
        tooltip: (epoch) => epochTooltip(epoch, runs, measure, parts),
      });
      charts[measure].update(content);
    }
    table.update(runs);
  }

  onThemeChange(draw);
  return {
    element,
    update(nextCurves, nextShown) {
      curves = nextCurves;
      shown = nextShown;
      draw();
    },
  };
}

const PART_LABELS: Readonly<Record<Part, string>> = { test: 'Test (solid)', train: 'Training (dashed)' };

function whyNothing(runs: readonly ShownRun[], parts: readonly Part[]): string {
  if (runs.length === 0) return 'Choose a run in the list to see its curves.';
  if (parts.length === 0) return 'Choose test, training, or both.';
  if (runs.every(({ curve }) => curve.epochs.length === 0))
    return runs.some(({ curve }) => curve.claims.length > 0)
      ? 'Nothing has been measured here: what the files of imported checkpoints claim is in the table. A report measures it.'
      : 'No epoch has been measured yet: the first values come after epoch 0, before training begins.';
  return '';
}

import * as z from 'zod';
import {
  metricsHostContract,
  metricsPageContract,
  type MetricsAction,
  type MetricsView,
  type RunCurve,
} from '../../src/protocol/metrics';
import { progressRing } from '../common/controls';
import { h } from '../common/dom';
import { emptyState } from '../common/emptyState';
import { connectHost, persistState, readState } from '../frame/host';
import '../chart/chart.css';
import '../frame/theme.css';
import { PARTS } from './measures';
import './metrics.css';
import { createPanel, type Panel, type Shown } from './panel';

const stateSchema = z.object({
  runs: z.array(z.string()),
  parts: z.array(z.enum(['test', 'train'])),
  logarithmic: z.boolean(),
});

const root = h('div', { class: 'root' });
document.body.append(root);
let curves: readonly RunCurve[] = [];
let shown: Shown | undefined = stateSchema.safeParse(readState()).data;
let panel: Panel | undefined;
let trusted = true;

const peer = connectHost({
  page: metricsPageContract,
  host: metricsHostContract,
  handlers: {},
  listeners: {
    runs: (runs) => {
      curves = runs;
      draw();
    },
    show: ({ runs }) => {
      const before = shown ?? { runs: [], parts: PARTS, logarithmic: false };
      setShown({ ...before, runs: [...new Set([...before.runs, ...runs])] });
    },
  },
});

function setShown(next: Shown): void {
  shown = next;
  persistState(next);
  draw();
}

function draw(): void {
  if (curves.length === 0) {
    panel = undefined;
    root.replaceChildren(noRuns());
    return;
  }
  if (panel === undefined) {
    panel = createPanel({
      onShown: setShown,
      onExport: async (kind, bytes) => (await peer.request('save', { kind, bytes })).saved,
    });
    root.replaceChildren(panel.element);
  }
  panel.update(curves, shown ?? { runs: [], parts: PARTS, logarithmic: false });
}

function noRuns(): HTMLElement {
  const action = (label: string, name: MetricsAction) => ({
    label,
    onClick: (): void => void peer.request('run', { action: name }),
  });
  return emptyState({
    icon: 'epochs',
    title: 'No run yet',
    text: 'Train a study, and its accuracy and loss appear here while it trains, epoch by epoch.',
    actions: trusted
      ? [action('Train', 'train'), action('Create Study', 'createStudy'), action('Run Example', 'runExample')]
      : [action('Manage Workspace Trust', 'manageTrust')],
  });
}

function take(view: MetricsView): void {
  curves = view.runs;
  trusted = view.trusted;
  // Deleted runs would never be shown again.
  const kept = shown?.runs.filter((run) => curves.some((curve) => curve.run === run)) ?? [];
  const runs = [...new Set([...(kept.length > 0 ? kept : view.proposed), ...view.asked])];
  setShown({ ...(shown ?? { parts: PARTS, logarithmic: false }), runs });
}

async function load(): Promise<void> {
  root.replaceChildren(
    h('div', { class: 'loading' }, progressRing('Reading the runs'), h('p', {}, 'Reading the runs…')),
  );
  try {
    take(await peer.request('view', {}));
  } catch (error) {
    root.replaceChildren(
      emptyState({
        icon: 'warning',
        title: 'The runs cannot be shown',
        text: error instanceof Error ? error.message : String(error),
        actions: [{ label: 'Try Again', icon: 'refresh', onClick: () => void load() }],
      }),
    );
  }
}

void load();

/** What the parts of the panel share: what is chosen, what is asked of the engine for it, and what is there to show. */
import { computed, effect, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { heatmapHostContract, heatmapPageContract } from '../../src/protocol/heatmaps';
import type { ExportKind } from '../../src/protocol/runPanel';
import { copyPicture } from '../common/copy';
import { keyOf } from '../common/heat/results';
import { createRunPage, messageOf } from '../frame';
import { requestOf, studyExplanation } from '../common/explanation';
import { createHeatmaps, createLook, type Wanted } from '../heat';
import { wantedClassesOf, wantedEpochs } from './compared';
import { createHeatmapsState, isNothingShown, type HeatmapsState } from './heatmapsState';
import { createOtherRun } from './otherRun';
import { scales, type ScaleOf } from './shownCell';
import { parsePageState, type CellPlace, type Settings } from './settings';

export const page = createRunPage({
  page: heatmapPageContract,
  host: heatmapHostContract,
  parseState: parsePageState,
  listeners: {
    show: ({ beside }) => change({ compared: { with: 'run', run: beside, beside: true } }),
  },
  handlers: {
    render: async ({ kind }) => ({ bytes: await exported(kind) }),
    copy: async () => {
      await copyPicture(figure());
      return null;
    },
  },
  forget: ({ settings }) => ({
    settings: { ...settings, hidden: [], epochs: null, methods: [], compared: null, layer: null },
  }),
});
export const look = createLook(page);
export const { request, results, version } = createHeatmaps((params, options) =>
  page.host.request('explain', params, options),
);
export const isComputing = computed(() => ['computing', 'waiting'].includes(request.state.value.kind));

const settings = computed(() => page.state.value.settings);
/** The run that the shown one is compared with. */
const otherRun = createOtherRun({
  compared: () => settings.value.compared,
  basis: () => page.view.value,
  ask: (run) => page.host.request('otherRun', { run }),
  refused(error) {
    change({ compared: null });
    page.say(messageOf(error));
  },
});
/** Undefined where there is no run. */
export const state = computed((): HeatmapsState | undefined => {
  const view = page.view.value;
  if (view?.kind !== 'run') return undefined;
  return createHeatmapsState(view, settings.value, { results, version: version.value, other: otherRun.value });
});
const scale = computed(() => look.appearance.value.scale);
export const scaleOf = computed((): ScaleOf =>
  state.value === undefined ? () => undefined : scales(state.value, scale.value),
);
/** The cell that is open large. */
export const open = computed(() => page.state.value.open);
/** The cell with the pointer or the focus. */
export const point = signal<CellPlace | undefined>(undefined);

effect(() => request.want(wantedOf(state.value)));
effect(() => {
  // Of a cell that is no longer there, nothing is large.
  const images = state.value?.images;
  if (open.value !== null && images?.includes(open.value.image) === false) openLarge(null);
});

function wantedOf(now: HeatmapsState | undefined): Wanted | undefined {
  if (now === undefined || isNothingShown(now)) return undefined;
  const { view, explanations, less } = now;
  const shown = new Set(now.images);
  return {
    run: view.run,
    explanations: [...explanations, ...less].map(requestOf),
    classes: wantedClassesOf(now),
    epochs: wantedEpochs(now),
    images: view.images.filter((reference) => shown.has(keyOf(reference))),
  };
}

export function change(part: Partial<Settings>): void {
  page.keep({ settings: { ...settings.peek(), ...part } });
}

/** @param place null closes what is open */
export function openLarge(place: CellPlace | null): void {
  page.keep({ open: place });
}

/** Writes the method, its settings and the layer that are shown into the study file; they are followed then. */
export function useInStudy({ explanations: [shown] }: HeatmapsState): void {
  page.useInStudy(studyExplanation(shown), () => change({ methods: [], layer: null }));
}

export function openGallery(): void {
  page.act('openGallery');
}

/** Measures the accuracy of imported checkpoints. */
export function measure(): void {
  page.act('measure');
}

export function chooseFiles(files: 'ask' | 'study'): void {
  page.attempt(page.host.request('chooseFiles', { files }));
}

export async function copy(): Promise<void> {
  await copyPicture(figure());
  page.say(l10n.t('The figure is on the clipboard.'));
}

async function figure(): Promise<Blob> {
  const { figureOf } = await import('./figure');
  return figureOf(current(), look.appearance.value);
}

async function exported(kind: ExportKind): Promise<Uint8Array<ArrayBuffer>> {
  if (kind === 'csv') return new TextEncoder().encode((await import('./csv')).csvOf(current()));
  return new Uint8Array(await (await figure()).arrayBuffer());
}

function current(): HeatmapsState {
  const now = state.value;
  if (now === undefined || now.images.length === 0) throw new Error(l10n.t('There are no heatmaps to export yet.'));
  return now;
}

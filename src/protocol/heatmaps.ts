/** What the heatmap panel's page and the extension ask of each other. */
import * as z from 'zod/mini';
import { index, path } from '../common/schemas';
import { explainRequest } from '../computations/heatmaps/schema';
import type { Contract } from './contract';
import { inTurn } from './inTurn';
import { chooseFiles, render, runPanelEvents, runPanelRequests, save, type RunPanelHost } from './runPanel';

const otherRunSchema = z.object({
  run: path,
  /** How a person calls it. */
  name: z.string(),
  /** How the run that is shown is called beside it. */
  shownName: z.string(),
  /** Those that have a checkpoint, ascending. */
  epochs: z.array(index),
  /** The names of its target layers. */
  layers: z.array(z.string()),
  defaultLayer: z.string(),
  /** Whether its network computes the same as that of the run that is shown, but for the weights. */
  sameNetwork: z.boolean(),
});
/** A run that the shown one is compared with. */
export type OtherRun = z.output<typeof otherRunSchema>;

/** What the extension answers and tells the page. */
export const heatmapHostContract = {
  requests: {
    ...runPanelRequests,
    save,
    chooseFiles,
    /** As the engine's own, for the run that the panel shows and the one it is compared with. */
    explain: inTurn(explainRequest),
    /** A run to compare with. Fails where the images of its data set are others. */
    otherRun: { params: z.strictObject({ run: path }), progress: z.never(), result: otherRunSchema },
    /** Whether to show whichever study has the focus. */
    follow: { params: z.strictObject({ follows: z.boolean() }), progress: z.never(), result: z.null() },
  },
  events: {
    ...runPanelEvents,
    /** The person asks to see the shown run beside another. */
    show: z.object({ beside: path }),
  },
} satisfies RunPanelHost;
export type HeatmapHostContract = typeof heatmapHostContract;

/** What the page answers. */
export const heatmapPageContract = {
  requests: {
    render,
    /** Puts the figure on the clipboard. Fails with what to do where the browser does not let it. */
    copy: { params: z.strictObject({}), progress: z.never(), result: z.null() },
  },
  events: {},
} satisfies Contract;
export type HeatmapPageContract = typeof heatmapPageContract;

/** What the heatmap panel's page and the extension ask of each other. */
import * as z from 'zod/mini';
import { explainRequest } from '../computations/heatmaps/schema';
import type { Contract } from './contract';
import { inTurn } from './inTurn';
import { chooseFiles, render, runPanelEvents, runPanelRequests, save, type RunPanelHost } from './runPanel';

/** What the extension answers and tells the page. */
export const heatmapHostContract = {
  requests: {
    ...runPanelRequests,
    save,
    chooseFiles,
    /** As the engine's own, for the run that the panel shows. */
    explain: inTurn(explainRequest),
    /** Whether to show whichever study has the focus. */
    follow: { params: z.strictObject({ follows: z.boolean() }), progress: z.never(), result: z.null() },
  },
  events: runPanelEvents,
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

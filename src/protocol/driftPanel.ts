/** What the page of attention over epochs and the extension ask of each other. */
import * as z from 'zod/mini';
import { attentionRequest } from '../computations/drift/schema';
import { explainRequest } from '../computations/heatmaps/schema';
import type { Contract } from './contract';
import { inTurn } from './inTurn';
import { openHeatmaps, render, runPanelEvents, runPanelRequests, save, type RunPanelHost } from './runPanel';
import { index } from '../common/schemas';

/** Explanations and attention as the engine's own, for the run that the panel shows. */
export const attentionHostContract = {
  requests: {
    ...runPanelRequests,
    save,
    openHeatmaps,
    explain: inTurn(explainRequest),
    attention: inTurn(attentionRequest),
    /** How many test images the run's data set has. */
    testCount: { params: z.strictObject({}), progress: z.never(), result: z.object({ count: index }) },
  },
  events: runPanelEvents,
} satisfies RunPanelHost;
export type AttentionHostContract = typeof attentionHostContract;

export const attentionPageContract = { requests: { render }, events: {} } satisfies Contract;
export type AttentionPageContract = typeof attentionPageContract;

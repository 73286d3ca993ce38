/** What the page of misclassified images and the extension ask of each other. */
import * as z from 'zod/mini';
import { explainRequest } from '../computations/heatmaps/schema';
import { predictionsRequest } from '../computations/predictions/schema';
import type { Contract } from './contract';
import { inTurn } from './inTurn';
import { setImageSchema } from './panelView';
import { openHeatmaps, render, runPanelEvents, runPanelRequests, save, type RunPanelHost } from './runPanel';
import { index } from '../common/schemas';

/** Explanations and predictions as the engine's own, for the run that the panel shows. */
export const misclassifiedHostContract = {
  requests: {
    ...runPanelRequests,
    save,
    openHeatmaps,
    explain: inTurn(explainRequest),
    predictions: inTurn(predictionsRequest),
    /** Adds an image to those that the study file names. */
    addToStudy: {
      params: z.strictObject({ image: setImageSchema }),
      progress: z.never(),
      result: z.object({
        /** False where the editor had unsaved changes of the person's own: those are left to them. */
        written: z.boolean(),
      }),
    },
  },
  events: {
    ...runPanelEvents,
    /** The person asked for this checkpoint. */
    show: z.object({ epoch: index }),
  },
} satisfies RunPanelHost;
export type MisclassifiedHostContract = typeof misclassifiedHostContract;

export const misclassifiedPageContract = { requests: { render }, events: {} } satisfies Contract;
export type MisclassifiedPageContract = typeof misclassifiedPageContract;

/** What the page of attention over epochs and the extension ask of each other. */
import { z } from 'zod';
import type { Contract } from './contract';
import { engineContract } from './engine';
import { runPanelEvents, runPanelPageContract, runPanelRequests } from './runPanel';
import { index } from './values';

export const attentionHostContract = {
  requests: {
    ...runPanelRequests,
    /** As the engine's own, for the run that the panel shows. */
    attention: engineContract.requests.attention,
    /** How many test images the run's data set has. */
    testCount: { params: z.strictObject({}), progress: z.never(), result: z.object({ count: index }) },
  },
  events: runPanelEvents,
} satisfies Contract;
export type AttentionHostContract = typeof attentionHostContract;

export const attentionPageContract = runPanelPageContract satisfies Contract;
export type AttentionPageContract = typeof attentionPageContract;

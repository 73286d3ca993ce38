/** What the page of misclassified images and the extension ask of each other. */
import type { Contract } from './contract';
import { engineContract } from './engine';
import { runPanelEvents, runPanelPageContract, runPanelRequests } from './runPanel';

export const mistakesHostContract = {
  /** Predictions as the engine's own, for the run that the panel shows. */
  requests: { ...runPanelRequests, predictions: engineContract.requests.predictions },
  events: runPanelEvents,
} satisfies Contract;
export type MistakesHostContract = typeof mistakesHostContract;

export const mistakesPageContract = runPanelPageContract satisfies Contract;
export type MistakesPageContract = typeof mistakesPageContract;

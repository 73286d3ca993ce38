/** What the page of trust in heatmaps and the extension ask of each other. */
import * as z from 'zod/mini';
import { index, path } from '../common/schemas';
import type { Contract } from './contract';
import { engineContract } from './engine';
import {
  exportKind,
  openHeatmaps,
  renderRequest,
  runPanelEvents,
  runPanelRequests,
  saveRequest,
  type RunPanelHost,
} from './runPanel';

export const TRUST_TABS = ['faithfulness', 'sanity', 'localisation', 'calibration'] as const;
export type TrustTab = (typeof TRUST_TABS)[number];

/** What is exported: of which tab. */
const exported = z.strictObject({ kind: exportKind, tab: z.enum(TRUST_TABS) });

const { faithfulness, sanity, agreement, localisation, calibration } = engineContract.requests;

/** Computations as the engine's own, for the run that the panel shows. */
export const trustHostContract = {
  requests: {
    ...runPanelRequests,
    save: saveRequest(exported),
    openHeatmaps,
    faithfulness,
    sanity,
    agreement,
    localisation,
    calibration,
    /** What the run's data set and the workspace have to choose from. */
    choices: {
      params: z.strictObject({}),
      progress: z.never(),
      result: z.object({
        testImages: index,
        /** Runs of the same architecture, the newest first: heatmaps can be compared with theirs. */
        otherRuns: z.array(z.object({ folder: path, text: z.string() })),
      }),
    },
  },
  events: runPanelEvents,
} satisfies RunPanelHost;
export type TrustHostContract = typeof trustHostContract;

export const trustPageContract = { requests: { render: renderRequest(exported) }, events: {} } satisfies Contract;
export type TrustPageContract = typeof trustPageContract;

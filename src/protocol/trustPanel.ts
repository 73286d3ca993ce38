/** What the page of trust in heatmaps and the extension ask of each other. */
import * as z from 'zod/mini';
import { agreementRequest } from '../computations/agreement/schema';
import { calibrationRequest } from '../computations/calibration/schema';
import { faithfulnessRequest } from '../computations/faithfulness/schema';
import { localisationRequest } from '../computations/localisation/schema';
import { sanityRequest } from '../computations/sanity/schema';
import { index, path } from '../common/schemas';
import type { StudyKey } from '../measures/expectations/studies';
import type { Contract } from './contract';
import { inTurn } from './inTurn';
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

/** How many images, or mosaics, are measured by the command line, the study's tests and the report; null: all. */
const sample = z.nullable(z.int().check(z.minimum(1)));
const samples = z.object({
  faithfulness: sample,
  sanity: sample,
  localisation: sample,
  focus: sample,
  calibration: sample,
} satisfies Record<StudyKey, unknown>);
export type Samples = z.output<typeof samples>;

/** Computations as the engine's own, for the run that the panel shows. */
export const trustHostContract = {
  requests: {
    ...runPanelRequests,
    save: saveRequest(exported),
    openHeatmaps,
    faithfulness: inTurn(faithfulnessRequest),
    sanity: inTurn(sanityRequest),
    agreement: inTurn(agreementRequest),
    localisation: inTurn(localisationRequest),
    calibration: inTurn(calibrationRequest),
    /** What the run's data set and the workspace have to choose from. */
    choices: {
      params: z.strictObject({}),
      progress: z.never(),
      result: z.object({
        testImages: index,
        trainImages: index,
        samples,
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

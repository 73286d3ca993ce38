/** The requests of all computations by their names: pure schemas, which every program can import. */
import { attackRequest } from './attacks/schema';
import { benchmarkRequest } from './benchmark/schema';
import { calibrationRequest } from './calibration/schema';
import { agreementRequest } from './agreement/schema';
import { attentionRequest } from './drift/schema';
import { faithfulnessRequest } from './faithfulness/schema';
import { explainRequest } from './heatmaps/schema';
import { localisationRequest } from './localisation/schema';
import { perturbedRequest } from './perturbed/schema';
import { predictionsRequest } from './predictions/schema';
import { robustnessRequest } from './robustness/schema';
import { sanityRequest } from './sanity/schema';
import { studyTestsRequest } from './studyTests/schema';

export const COMPUTATION_REQUESTS = {
  predictions: predictionsRequest,
  explain: explainRequest,
  robustness: robustnessRequest,
  perturbed: perturbedRequest,
  attention: attentionRequest,
  calibration: calibrationRequest,
  faithfulness: faithfulnessRequest,
  studyTests: studyTestsRequest,
  localisation: localisationRequest,
  agreement: agreementRequest,
  sanity: sanityRequest,
  benchmark: benchmarkRequest,
  attack: attackRequest,
};
export type ComputationRequests = typeof COMPUTATION_REQUESTS;

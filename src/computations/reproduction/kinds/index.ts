/** Each kind of kept result computed again, by the code that made it. Needs an engine that has been started. */
import type { Recompute } from '../recomputing';
import { agreement } from './agreement';
import { attacks } from './attacks';
import { attention } from './attention';
import { calibration } from './calibration';
import { faithfulness } from './faithfulness';
import { heatmaps } from './heatmaps';
import { localisation } from './localisation';
import { logits } from './logits';
import { predictions } from './predictions';
import { robustness } from './robustness';
import { robustnessParts } from './robustnessParts';
import { sanity } from './sanity';
import { views } from './views';

/**
 * By the first word of a result's name. Beside it how far a result may be off where another engine, version or batch
 * computed it: a share of the largest logit or value of a map; of numbers that count images, which flip one by one,
 * more; and of those that rank a map's cells, of which two may swap, most.
 */
export const KINDS: Readonly<Record<string, { readonly recompute: Recompute; readonly tolerance: number }>> = {
  heatmaps: { recompute: heatmaps, tolerance: 1e-3 },
  views: { recompute: views, tolerance: 1e-3 },
  predictions: { recompute: predictions, tolerance: 0.02 },
  logits: { recompute: logits, tolerance: 1e-3 },
  robustness: { recompute: robustness, tolerance: 0.02 },
  robustnessParts: { recompute: robustnessParts, tolerance: 0.02 },
  attacks: { recompute: attacks, tolerance: 0.02 },
  calibration: { recompute: calibration, tolerance: 1e-3 },
  attention: { recompute: attention, tolerance: 0.1 },
  agreement: { recompute: agreement, tolerance: 0.1 },
  faithfulness: { recompute: faithfulness, tolerance: 0.1 },
  localisation: { recompute: localisation, tolerance: 0.1 },
  sanity: { recompute: sanity, tolerance: 0.1 },
};

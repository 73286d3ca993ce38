/** The kinds of kept results that say something of a run. A new one is a record in a file of its own, and a line here. */
import type { FactSource } from '../source';
import { attention } from './attention';
import { faithfulness } from './faithfulness';
import { robustness } from './robustness';

export const FACT_SOURCES: readonly FactSource[] = [robustness, attention, faithfulness];

/** The kinds of kept results that say something of a run. A new one is a record in a file of its own, and a line here. */
import type { FactSource } from '../source';
import { attacks } from './attacks';
import { attention } from './attention';
import { calibration } from './calibration';
import { faithfulness } from './faithfulness';
import { robustness } from './robustness';

export const FACT_SOURCES: readonly FactSource[] = [robustness, attacks, calibration, attention, faithfulness];

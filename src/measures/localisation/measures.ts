/** The measures of where a map's relevance lies, by a known mask. */
import type { ControlId } from '../faithfulness/controls';

export interface LocalisationMeasure {
  /** The field of results. */
  readonly key: string;
  readonly name: string;
  /** At the head of a column. */
  readonly short: string;
  readonly description: string;
  readonly source: string;
}

export const LOCALISATION_MEASURES = [
  {
    key: 'energy',
    name: 'energy inside',
    short: 'energy',
    description: 'The share of the map’s positive relevance that lies on the object.',
    source: 'Wang et al. 2020',
  },
  {
    key: 'pointing',
    name: 'pointing game',
    short: 'pointing',
    description: 'Whether the map’s largest value lies on the object; of several that are equal, the share that does.',
    source: 'Zhang et al. 2018',
  },
  {
    key: 'mass',
    name: 'relevance mass accuracy',
    short: 'mass',
    description:
      'The share of the map’s absolute relevance that lies on the object; of a map without negative values it is the energy inside.',
    source: 'Arras et al. 2022',
  },
  {
    key: 'rank',
    name: 'relevance rank accuracy',
    short: 'rank',
    description:
      'Of as many largest values as the object has pixels, the share that lies on it; equal values count by their share.',
    source: 'Arras et al. 2022',
  },
] as const satisfies readonly LocalisationMeasure[];

/** The maps that know nothing of the network, beside which a method's are judged: see `CONTROLS` of faithfulness. */
export const LOCALISATION_CONTROLS = ['random', 'blob'] as const satisfies readonly ControlId[];

export type MeasureKey = (typeof LOCALISATION_MEASURES)[number]['key'];

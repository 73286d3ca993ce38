/** What a turn of the engine is taken for, as whoever waits for it is told. */
export const JOBS = [
  'heatmaps',
  'predictions',
  'tests',
  'perturbed',
  'attention',
  'calibration',
  'faithfulness',
  'sanity',
  'localisation',
  'agreement',
  'benchmark',
  'attacks',
] as const;
export type Job = (typeof JOBS)[number];

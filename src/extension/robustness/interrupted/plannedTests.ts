import * as z from 'zod';

/** Tests of a run: each of some perturbations at each of some epochs. */
const plannedTests = z.object({
  /** The run folder. */
  run: z.string(),
  /**
   * The settings that determine each test's numbers (`StudyTest.settings`), because positions in the list may change.
   */
  keys: z.array(z.string()).readonly(),
  epochs: z.array(z.number()).readonly(),
});
export type PlannedTests = z.output<typeof plannedTests>;

/** The process of the window's extension host. */
export const entrySchema = plannedTests.extend({
  pid: z.number(),
  host: z.string(),
  processStart: z.string().exactOptional(),
});
export type Entry = z.output<typeof entrySchema>;

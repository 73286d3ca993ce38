/** The measurements that a study asks for beside its perturbations, each with what must hold at a checkpoint. */
import * as z from 'zod';
import {
  EXPECTED_STUDIES,
  STUDY_KEYS,
  type ExpectedControl,
  type ExpectedScore,
  type ExpectedStudy,
  type StudyKey,
} from '../measures/expectations/studies';

/** Every study's block, as a file has it: its limits by score, and how many images it is measured on. */
export type MeasurementSettings = Readonly<Record<string, unknown>>;
export type Measurements = { readonly [Key in StudyKey]?: MeasurementSettings | undefined };

const MOST_IMAGES = 10_000;

function numberIn([low, high]: ExpectedScore['range']) {
  const number = z.number();
  const from = Number.isFinite(low) ? number.min(low) : number;
  return Number.isFinite(high) ? from.max(high) : from;
}

function controlSchema({ name, direction }: ExpectedControl, score: ExpectedScore, widest: number) {
  const text =
    direction === 'within'
      ? `At most this far from that of ${name}, image by image.`
      : `At least this much ${direction} that of ${name}, image by image. A negative number allows for as much on the other side.`;
  return numberIn([direction === 'within' ? 0 : -widest, widest])
    .optional()
    .meta({ description: `${score.name}: ${text}`, absent: 'nothing is asked of it' });
}

function scoreSchema(score: ExpectedScore) {
  const [low, high] = score.range;
  const limit = (words: string) =>
    numberIn(score.range)
      .optional()
      .meta({ description: `${words} this.`, absent: 'nothing is asked of it' });
  const controls = score.controls.map((control) => [control.field, controlSchema(control, score, high - low)]);
  return z
    .strictObject({ min: limit('At least'), max: limit('At most'), ...Object.fromEntries(controls) })
    .optional()
    .meta({ description: score.description, absent: 'nothing is asked of it' });
}

function studySchema({ description, sample, scores }: ExpectedStudy) {
  const count = z
    .int()
    .min(1)
    .max(MOST_IMAGES)
    .optional()
    .meta({
      description:
        sample.field === 'mosaics'
          ? 'How many mosaics to measure it on.'
          : 'How many test images to measure it on, from the first.',
      absent: sample.count === undefined ? 'all' : String(sample.count),
      examples: [100],
    });
  return z
    .strictObject({
      [sample.field]: count,
      ...Object.fromEntries(scores.map((score) => [score.key, scoreSchema(score)])),
    })
    .optional()
    .meta({ description, absent: 'it is not measured as a test' });
}

/** A field of the study file for each study. */
export const measurementSchemas = Object.fromEntries(
  EXPECTED_STUDIES.map((study) => [study.key, studySchema(study)]),
) as unknown as Record<StudyKey, z.ZodOptional<z.ZodType<MeasurementSettings>>>;

/** Those blocks that are there. */
export function measurementsOf(file: Measurements): Measurements {
  return Object.fromEntries(
    STUDY_KEYS.flatMap((key) => (file[key] === undefined ? [] : [[key, withoutAbsent(file[key])]])),
  );
}

/** Without fields that are undefined, so that equal blocks are equal as JSON, too. */
function withoutAbsent<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      each === undefined ? [] : [[name, withoutAbsent(each as unknown)]],
    ),
  ) as T;
}

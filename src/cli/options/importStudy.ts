/** The study that imported checkpoints belong to, as the options of `import` say it. */
import { basename, resolve } from 'node:path';
import { InputError } from '../../common/errors';
import { EXAMPLE_DATASET, settingsFor, type DatasetSettings } from '../../datasets';
import { ONNX_FILE } from '../../networks';
import type { Inspection } from '../../importing/inspect';
import { newStudy } from '../../importing/newStudy';
import { fileFrom } from '../../importing/places';
import { NORMALIZATION_NAMES, NORMALIZATIONS, readStudyOf, studyNameOf } from '../../study';
import { chosenResize, type ResizeOptions } from './resize';
import type { LocatedStudy, Normalization, NormalizationName, PerChannel } from '../../study';

export interface StudyOptions extends ResizeOptions {
  readonly normalization?: NormalizationName;
  readonly mean?: PerChannel;
  readonly std?: PerChannel;
  readonly inputSize?: number;
  readonly data?: string;
  readonly synthetic?: boolean;
  readonly study?: string;
  readonly out?: string;
  readonly name?: string;
}

/** What says how a new study is to be says nothing of one that is there. */
export function refuseUnused(options: StudyOptions): void {
  const ofNew = [
    'normalization',
    'mean',
    'std',
    'inputSize',
    'resize',
    'cropFraction',
    'interpolation',
    'data',
    'synthetic',
    'out',
    'name',
  ] as const;
  const ofStudy = options.study === undefined ? undefined : ofNew.find((name) => options[name] !== undefined);
  const pairs: readonly (readonly [boolean, string, string])[] = [
    [ofStudy !== undefined, ofStudy ?? '', 'no --study, which says it'],
    [options.normalization !== undefined && options.mean !== undefined, 'normalization', 'it or --mean and --std'],
    [options.mean !== undefined && options.std === undefined, 'mean', '--std with it'],
    [options.std !== undefined && options.mean === undefined, 'std', '--mean with it'],
    [options.data !== undefined && options.synthetic === true, 'data', 'it or --synthetic'],
  ];
  const wrong = pairs.find(([isWrong]) => isWrong);
  if (wrong === undefined) return;
  const place = `--${wrong[1].replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new InputError('options that do not go together', { place, expected: wrong[2] });
}

/** The one that is named, or a new one. @throws InputError where nothing says what is needed of it */
export async function studyFor(
  inspection: Inspection,
  from: string,
  words: readonly string[],
  options: StudyOptions,
): Promise<{ located: LocatedStudy; text: string | undefined }> {
  if (options.study !== undefined) {
    const located = await readStudyOf(options.study, inspection.architecture, ...inspection.twins);
    return { located, text: undefined };
  }
  const folder = options.out ?? '.';
  return newStudy(inspection, from, {
    folder,
    name: studyNameOf(options.name ?? basename(resolve(words[0] ?? '')).replace(ONNX_FILE, '')),
    dataset: await datasetOf(options, inspection.classes, folder),
    normalization: normalizationOf(options, inspection),
    inputSize: options.inputSize ?? inspection.inputSize,
    resize: chosenResize(options, inspection.architecture),
  });
}

/** @throws InputError where nothing has images of so many classes */
async function datasetOf({ synthetic, data }: StudyOptions, classes: number, folder: string): Promise<DatasetSettings> {
  if (synthetic === true) return EXAMPLE_DATASET;
  const settings = await settingsFor(data, classes);
  return data === undefined || !('folder' in settings) ? settings : { ...settings, folder: fileFrom(folder, data) };
}

function normalizationOf({ normalization, mean, std }: StudyOptions, inspection: Inspection): Normalization {
  if (mean !== undefined && std !== undefined) return { mean, std };
  if (normalization !== undefined) return NORMALIZATIONS[normalization];
  if (inspection.normalization !== undefined) return inspection.normalization;
  const { normalizationsDiffer } = inspection;
  const summary = normalizationsDiffer
    ? 'the files differ in how their inputs were normalised'
    : 'the files do not say how their inputs were normalised';
  throw new InputError(summary, {
    place: '--normalization',
    ...(normalizationsDiffer ? {} : { found: 'nothing' }),
    expected: `one of ${NORMALIZATION_NAMES.join(', ')}, or --mean and --std`,
    advice: 'It is what the training script passes to transforms.Normalize; a wrong one costs accuracy silently.',
  });
}

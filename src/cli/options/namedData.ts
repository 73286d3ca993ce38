/** The data that `--data` names: a folder, a study's, or images in a `.npy` file beside their labels. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../../common/errors';
import { locatedSettings, readClassNames, settingsFor, type DatasetSettings } from '../../datasets';
import { arraysSchema } from '../../datasets/arrays/schema';
import { readStudy, STUDY_SUFFIX } from '../../study';

/** In help, behind what the data are for. */
export const OTHER_DATA = 'or a study file for its data, or IMAGES.npy beside their labels';

/**
 * With an absolute folder.
 * @param size pixels a side of pictures, where nothing else says it
 * @throws InputError where they are of other classes than the network, or not there
 */
export async function namedData(path: string, classes: number, size: number): Promise<DatasetSettings> {
  if (path.endsWith(STUDY_SUFFIX)) return dataOfStudy(path, classes);
  return /\.npy$/i.test(path) ? besideLabels(resolve(path), classes) : settingsFor(path, classes, size);
}

async function dataOfStudy(path: string, classes: number): Promise<DatasetSettings> {
  const { study, folder } = await readStudy(path);
  return ofSoManyClasses(locatedSettings(study.dataset, folder), path, classes);
}

async function besideLabels(images: string, classes: number): Promise<DatasetSettings> {
  const folder = dirname(images);
  const name = basename(images);
  const names = [/images(?!.*images)/i, /data(?!.*data)/i].map((word) => name.replace(word, 'labels'));
  const labels = [...names, 'labels.npy'].find((each) => each !== name && existsSync(join(folder, each)));
  if (!existsSync(images) || labels === undefined) {
    throw new InputError(existsSync(images) ? 'images without their labels' : 'no such file', {
      file: images,
      place: '--data',
      expected: existsSync(images)
        ? `${names.find((each) => each !== name) ?? 'labels.npy'} beside it, or a study file with dataset.labels`
        : 'a file of images',
    });
  }
  const settings = arraysSchema.parse({ kind: 'arrays', folder, images: name, labels });
  const found = (await readClassNames(settings, folder)).length;
  // Of the last classes there may be no image: names of all are as many as the network tells apart.
  if (found > classes) throw otherClasses(images, classes, found);
  return { ...settings, classNames: Array.from({ length: classes }, (_, label) => String(label)) };
}

async function ofSoManyClasses(settings: DatasetSettings, path: string, classes: number): Promise<DatasetSettings> {
  const found = (await readClassNames(settings, dirname(resolve(path)))).length;
  if (found !== classes) throw otherClasses(path, classes, found);
  return settings;
}

function otherClasses(file: string, classes: number, found: number): InputError {
  return new InputError('a classifier of other classes than the data’s', {
    file,
    found: `${classes} classes`,
    expected: `${found}, as the data have`,
  });
}

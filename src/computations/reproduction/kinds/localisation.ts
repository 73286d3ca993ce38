import { memoryReaders } from '../../../datasets/reader';
import { LOCALISATION_METHOD, localisationInputsSchema, localisationValuesSchema } from '../../../runs';
import { meanOf } from '../../../statistics';
import { hashInOrder } from '../../heatmaps/hashedImage';
import { imageReferenceOf } from '../../images/images';
import { maskedImages, mosaicImages, mosaicsOfNames } from '../../localisation/images';
import { localiseImages } from '../../localisation/measure';
import { createScheduler } from '../../scheduler';
import { SkippedError } from '../basis';
import { jsonDifference } from '../compare';
import { NOTHING_KEPT } from '../keptImages';
import { explainedText, goOn, mapsOf, recomputing } from '../recomputing';

export const localisation = recomputing(
  localisationInputsSchema,
  LOCALISATION_METHOD,
  async (basis, asked, { about, value }) => {
    const { input, signal } = basis;
    const checkpoint = basis.checkpoint(asked.checkpoint);
    const names = about.images ?? [];
    const { test } = memoryReaders(await basis.dataset());
    const mosaics = mosaicsOfNames(names);
    const last = imageReferenceOf(names.at(-1) ?? '')?.index ?? 0;
    const images =
      mosaics === undefined
        ? await maskedImages(test, last + 1)
        : await mosaicImages(test, mosaics.count, mosaics.seed, input.inputSize);
    if (hashInOrder(images) !== asked.images) throw new SkippedError('its images are no longer those of the data set');
    const of = mapsOf(basis, asked.layer, asked.explanation);
    const found = await localiseImages(
      { ...of, checkpoint, images, target: asked.target, keeper: NOTHING_KEPT },
      { signal, scheduler: createScheduler(), start: goOn, onWarning: () => undefined, progress: () => undefined },
      () => undefined,
    );
    return {
      of: `localisation on ${images.length} ${mosaics === undefined ? 'images' : 'mosaics'} at epoch ${checkpoint.epoch}, ${explainedText(of)}`,
      // Which of two places is the largest may turn on rounding: means hold.
      difference: jsonDifference(meansOf(localisationValuesSchema.parse(value)), meansOf(found)),
      sameBatches: false,
    };
  },
);

/** Of each measure, where a value that is not known counts as nought. */
function meansOf(values: Readonly<Record<string, readonly (number | null)[]>>): number[] {
  return Object.values(values).map((ofMeasure) => meanOf(ofMeasure.map((each) => each ?? 0)));
}

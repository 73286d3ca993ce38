import { memoryReaders } from '../../../datasets/reader';
import { SANITY_METHOD, sanityInputsSchema } from '../../../runs';
import { hashInOrder, hashedImage } from '../../heatmaps/hashedImage';
import { imageReferenceOf, setImage } from '../../images/images';
import { createComparer } from '../../sanity/compare';
import { drawTrainingImages } from '../../sanity/trainingImages';
import { SkippedError } from '../basis';
import { jsonDifference } from '../compare';
import { explainedText, goOn, mapsOf, recomputing } from '../recomputing';

export const sanity = recomputing(sanityInputsSchema, SANITY_METHOD, async (basis, asked, { about, value }) => {
  const { signal } = basis;
  const { check, seed } = asked;
  if (check.kind === 'against') throw new SkippedError('it is a comparison with another run');
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const references = (about.images ?? []).flatMap((name) => imageReferenceOf(name) ?? []);
  const sets = memoryReaders(await basis.dataset());
  const images = (await Promise.all(references.map((each) => setImage(each, sets)))).map(hashedImage);
  if (hashInOrder(images) !== asked.images) throw new SkippedError('its images are not all of the data set');
  const needed = check.kind === 'randomisation' ? check.trainingImages : null;
  const training = needed === null ? undefined : await drawTrainingImages(basis.run, needed.count, seed);
  if (training?.hash !== needed?.hash)
    throw new SkippedError('its training images are no longer those of the data set');
  const of = mapsOf(basis, asked.layer, asked.explanation);
  const comparer = createComparer({ images, seed, training: training?.set });
  try {
    const steps = { signal, yieldTurn: goOn, advance: () => undefined };
    const found = await comparer.compare({ of, checkpoint, check }, steps);
    const what = check.kind === 'randomisation' ? `re-drawn ${check.groups.join(', ')}` : 'the runner-up';
    return {
      of: `maps of ${images.length} images against ${what} at epoch ${checkpoint.epoch}, ${explainedText(of)}`,
      difference: jsonDifference(value, found),
      sameBatches: false,
    };
  } finally {
    comparer.dispose();
  }
});

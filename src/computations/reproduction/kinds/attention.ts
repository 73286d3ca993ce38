import { ATTENTION_METHOD, attentionInputsSchema } from '../../../runs';
import { measureAttention } from '../../drift/measure';
import { createScheduler } from '../../scheduler';
import { jsonDifference, withPointIntervals } from '../compare';
import { NOTHING_KEPT, keptImages } from '../keptImages';
import { explainedText, goOn, mapsOf, recomputing } from '../recomputing';

export const attention = recomputing(
  attentionInputsSchema,
  ATTENTION_METHOD,
  async (basis, asked, { about, value }) => {
    const { signal } = basis;
    const checkpoints = asked.checkpoints.map(({ hash }) => basis.checkpoint(hash));
    const images = await keptImages(basis, asked.images, about);
    const { target, untrained } = asked;
    const of = mapsOf(basis, asked.layer, asked.explanation);
    const found = await measureAttention(
      { ...of, checkpoints, images, target, untrained, keeper: NOTHING_KEPT },
      { signal, scheduler: createScheduler(), start: goOn, onWarning: () => undefined, progress: () => undefined },
    );
    return {
      of: `attention over ${checkpoints.length} epochs of ${images.length} images, ${explainedText(of)}`,
      difference: jsonDifference(withPointIntervals(value), withPointIntervals(found)),
      sameBatches: false,
    };
  },
);

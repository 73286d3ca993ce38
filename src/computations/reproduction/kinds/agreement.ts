import { AGREEMENT_METHOD, agreementInputsSchema } from '../../../runs';
import { measureAgreement } from '../../agreement/measure';
import { createScheduler } from '../../scheduler';
import { jsonDifference } from '../compare';
import { NOTHING_KEPT, keptImages } from '../keptImages';
import { explainedText, goOn, recomputing, mapsOf } from '../recomputing';

export const agreement = recomputing(
  agreementInputsSchema,
  AGREEMENT_METHOD,
  async (basis, asked, { about, value }) => {
    const { signal } = basis;
    const checkpoint = basis.checkpoint(asked.checkpoint);
    const images = await keptImages(basis, asked.images, about);
    const methods = asked.explanations.map((key) => ({ ...mapsOf(basis, key.layer, key), keeper: NOTHING_KEPT }));
    const [found] = await measureAgreement(
      { methods, pairs: [{ a: 0, b: 1 }], images, target: asked.target },
      { checkpoint, next: undefined },
      { signal, scheduler: createScheduler(), start: goOn, onWarning: () => undefined, progress: () => undefined },
      () => undefined,
    );
    return {
      of: `agreement of ${methods.map(explainedText).join(' with ')} at epoch ${checkpoint.epoch}, ${images.length} images`,
      difference: jsonDifference(value, found),
      sameBatches: false,
    };
  },
);

import { SCORE_IDS } from '../../../measures/faithfulness/scores';
import { FAITHFULNESS_METHOD, faithfulnessInputsSchema } from '../../../runs';
import { createScorer } from '../../compute';
import { type Cell, chunksOf } from '../../faithfulness/cells';
import { type Subject, identified } from '../../faithfulness/subjects';
import { type Basis, SkippedError } from '../basis';
import { jsonDifference } from '../compare';
import { keptImages } from '../keptImages';
import { goOn, mapsOf, recomputing } from '../recomputing';

export const faithfulness = recomputing(
  faithfulnessInputsSchema,
  FAITHFULNESS_METHOD,
  async (basis, asked, { about, value }) => {
    const { model, input, signal } = basis;
    const { target, seed, noise = 0 } = asked;
    const checkpoint = basis.checkpoint(asked.checkpoint);
    const [chunk] = chunksOf(await keptImages(basis, asked.images, about));
    if (chunk?.hash !== asked.images) throw new SkippedError('its images are no longer scored together');
    const score = SCORE_IDS.find((each) => each === asked.score);
    const subject = asked.subject && subjectOf(basis, asked.subject);
    const of = { checkpoint, chunk };
    const cell: Cell =
      score === undefined || subject === undefined ? { ...of, score: 'clean' } : { ...of, score, subject };
    const steps = { signal, yieldTurn: goOn, advance: () => undefined };
    const [found] = await createScorer()({ model, input, target, seed, noise, ...of, ...steps, cells: [cell] });
    const whose = asked.subject === undefined ? '' : `, ${subjectText(asked.subject)}`;
    return {
      of: `faithfulness (${asked.score}) of ${chunk.images.length} images at epoch ${checkpoint.epoch}${whose}`,
      difference: jsonDifference(value, found),
      sameBatches: false,
    };
  },
);

function subjectOf(basis: Basis, key: Subject['key']): Subject {
  if ('control' in key) {
    const { control, height, width } = key;
    return identified({ kind: 'control', key, grid: { height, width }, control });
  }
  const { model, method, targetLayer } = mapsOf(basis, key.layer, key.explanation);
  const { height, width } = targetLayer;
  const subject = { key, grid: { height, width }, explained: { model, method, targetLayer, signed: true } };
  return key.mapsOf === undefined
    ? identified({ kind: 'method', ...subject })
    : identified({ kind: 'untrained', ...subject, checkpoint: basis.checkpoint(key.mapsOf) });
}

function subjectText(key: Subject['key']): string {
  if ('control' in key) return `${key.control} map`;
  return `${key.explanation.method} at layer ${key.layer}${key.mapsOf === undefined ? '' : ', untrained'}`;
}

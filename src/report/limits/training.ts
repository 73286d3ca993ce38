/** Limits by how the weights came about, and how many times. */
import { engineWord } from '../../common/engineWords';
import { enginesOf, isTrainedHere } from '../../runs';
import type { RunContent } from '../content';
import type { Limit } from './limit';

const isFromElsewhere = ({ run: { manifest } }: RunContent): boolean => !isTrainedHere(manifest);

export const TRAINING_LIMITS: readonly Limit[] = [
  {
    id: 'oneTraining',
    text: (run) =>
      isFromElsewhere(run)
        ? 'These checkpoints are of one training: how much the numbers would differ in another is not known.'
        : `All is of one training with one seed (${run.run.manifest.seed}): how much the numbers would differ with another seed is not known.`,
  },
  {
    id: 'importedTraining',
    text: (run) =>
      isFromElsewhere(run)
        ? 'How the checkpoints were trained is not known here, so that nothing says whether the test images were kept out of it.'
        : undefined,
  },
  {
    id: 'unfinished',
    text({ run: { study, manifest }, metrics }) {
      const last = metrics.at(-1)?.epoch ?? 0;
      return isTrainedHere(manifest) && last < study.training.epochs
        ? `The training is not finished: ${last} of ${study.training.epochs} epochs are there.`
        : undefined;
    },
  },
  {
    id: 'embeddedEngine',
    text: ({ run: { manifest } }) =>
      manifest.imported === undefined && enginesOf(manifest).some(({ name }) => name === 'wasm')
        ? 'It was trained by the embedded engine (WebAssembly, 32-bit floats): after some steps losses part from those of the native engine and of PyTorch, as rounding differs.'
        : undefined,
  },
  {
    id: 'severalEngines',
    text: ({ run: { manifest } }) =>
      manifest.laterEngines === undefined
        ? undefined
        : `It was begun by the ${engineWord(manifest.engine.name)} engine and went on with ${manifest.laterEngines
            .map(({ name, fromEpoch }) => `the ${engineWord(name)} one from epoch ${fromEpoch} on`)
            .join(', then ')}: its last digits are those of no one engine.`,
  },
  {
    id: 'batchParts',
    text: ({ run: { manifest } }) =>
      manifest.microBatch === undefined
        ? undefined
        : `Batches were computed in parts of ${manifest.microBatch.size}, and batch normalisation saw each part by itself: the training is not that of whole batches.`,
  },
  {
    id: 'warnings',
    text: ({ warnings }) =>
      warnings.length === 0 ? undefined : `Not all files of the run are vouched for: ${warnings.join(' ')}`,
  },
];

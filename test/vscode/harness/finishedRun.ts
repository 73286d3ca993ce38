/** A run as a training leaves it, without a training: numbers that are made up, and checkpoints that are empty files. */
import { createRun, newRunFolder, writeEpoch, writeStatus } from '../../../src/runs';
import { readStudy } from '../../../src/study';

/** Returns the run's folder. Its accuracies are 10, 20, … per cent, and as much more as is said. */
export async function writeFinishedRun(studyFile: string, more = 0): Promise<string> {
  const located = await readStudy(studyFile);
  const { epochs } = located.study.training;
  const { folder } = await createRun({
    folder: await newRunFolder(located),
    located,
    dataset: { kind: 'synthetic', classNames: [], fingerprint: '', description: 'images that the program draws' },
    engine: { name: 'none', version: '0', device: 'none' },
    versions: {},
  });
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const accuracy = 10 * (epoch + 1) + more;
    const metrics = {
      epoch,
      trainLoss: 2 / (epoch + 1),
      trainAccuracy: accuracy + 1,
      testLoss: 2.1 / (epoch + 1),
      testAccuracy: accuracy,
      learningRate: 0.05,
      seconds: 1,
      imagesPerSecond: 100,
    };
    await writeEpoch(folder, { epoch, checkpoint: new Uint8Array(), optimizerState: undefined, metrics });
  }
  await writeStatus(folder, {
    ...{ state: 'finished', startedAt: new Date().toISOString(), epoch: epochs, epochs },
    ...{ step: 0, stepsPerEpoch: 4, imagesPerSecond: 100, secondsLeft: null },
  });
  return folder;
}

import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import type { EngineChoice } from '../../engine/engine';
import { FOLDER_TITLES, loadTestImages } from '../../datasets';
import { namingWeights } from '../../models/finite';
import { disposeWeights, loadWeights } from '../../models/forward';
import { evaluate, requirePredictions } from '../../models/evaluate';
import { estimateRate, NO_RATE_INTERVAL } from '../../statistics';
import { lazyEngine } from '../computing';
import { decideTwins } from '../options/decideTwins';
import { networkName, engineChoice, meanChannels, stdChannels, wholeNumber } from '../options/arguments';
import { intervalText } from '../printing/estimates';
import { abortOnInterrupt } from '../interrupt';
import { namedData, OTHER_DATA } from '../options/namedData';
import { namedNetwork } from '../options/namedNetwork';
import { createOutput } from '../printing/output';

interface Options {
  readonly weights: string;
  readonly stateDict?: string;
  readonly architecture?: NetworkName;
  readonly data: string;
  readonly mean?: [number, number, number];
  readonly std?: [number, number, number];
  readonly inputSize?: number;
  readonly forwardOnly?: boolean;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `evaluate`: the accuracy of a weights file on the test images of a folder. */
export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('the accuracy of a weights file on the test images of a folder, of a study or of arrays')
    .requiredOption('--weights <file>', 'a file of weights: .safetensors, .pth, .pt, .th of PyTorch, or .onnx')
    .option('--architecture <name>', 'what the weights are of (default: recognised)', networkName)
    .requiredOption(
      '--data <place>',
      `a folder with the test images of ${FOLDER_TITLES}, or of pictures in a folder for each class; ${OTHER_DATA}`,
    )
    .option('--state-dict <key>', 'of several in the file, this one (default: averaged weights)')
    .option(
      '--mean <r,g,b>',
      'subtracted from pixels in [0, 1] (default: what the file says, else the data set’s)',
      meanChannels,
    )
    .option('--std <r,g,b>', 'then divided by (default: what the file says, else the data set’s)', stdChannels)
    .option(
      '--input-size <pixels>',
      'a side of the input (default: what the file says, else the architecture’s)',
      wholeNumber('--input-size', 32, 512),
    )
    .option('--forward-only', 'onnxruntime runs an .onnx file, whatever its operators, without gradients')
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: Options) => {
      const output = createOutput(options.json ?? false);
      const signal = abortOnInterrupt(output, 'the evaluation');
      const { weights: path, stateDict } = options;
      const start = lazyEngine(options.engine, output);
      const named = await namedNetwork(path, options.architecture, options, output);
      const { classes, inputSize } = named.model;
      const dataset = await loadTestImages(await namedData(options.data, classes, inputSize));
      await start();
      const work = { output, signal, start };
      const { model, input, checkpoint, decision } = await decideTwins(named, { path, stateDict }, dataset, work);
      const weights = loadWeights(checkpoint.weights);
      const result = await evaluate(model, weights, dataset.test, input, {
        signal,
        progress: (done, of) => output.progress(`evaluated ${done} of ${of} images`),
      });
      disposeWeights(weights);
      await namingWeights(path, () => requirePredictions(result));
      const { accuracy, correct, of, loss, predictions } = result;
      const { interval } = estimateRate(correct, of);
      output.document({
        architecture: model.network.name,
        ...(decision && { twins: decision }),
        accuracy,
        correct,
        of,
        accuracyInterval: interval,
        loss,
        predictions: [...predictions],
      });
      const within = interval === null ? NO_RATE_INTERVAL : `95 % ${intervalText(interval, 2)}`;
      output.line(
        `${correct} of ${of} right, ${accuracy.toFixed(2)} % (${within}), mean cross-entropy ${loss.toFixed(4)}`,
      );
    });
}

/** The network, and how its weights came about. */
import { basename } from 'node:path';
import { augmentationDefinitions, type Augmentation } from '../../augmentations';
import { isTrainable, type NetworkFile } from '../../architectures';
import { capital } from '../../common/capital';
import { wholeText } from '../../common/counted';
import { engineWord } from '../../common/engineWords';
import { declarationOfRun, isTrainedHere, microBatchText } from '../../runs';
import { permutedLabelsText, recipeSentences, scheduleText } from '../../study';
import type { RunContent } from '../content';
import type { ReferenceKey } from '../references/entries';
import { entry, group, type Methods, type MethodsEntry } from './entry';

export const networkMethods: Methods = (run) => {
  const { study, manifest, network } = run.run;
  const { model } = study;
  const { tensors, targetLayers } = declarationOfRun(run.run);
  const { description, head: kind } = network.architecture;
  const count = tensors.filter(isTrainable).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const head =
    kind === 'gapLinear'
      ? 'Global average pooling and one linear layer make the logits'
      : 'Several layers behind the last feature map make the logits';
  const last = targetLayers.at(-1);
  const map =
    last === undefined ? '' : `; the last feature map, ${last.name}, has ${last.height}×${last.width} positions`;
  return group('Network', [
    entry(
      model.architecture,
      `${description}; here ${wholeText(count)} trainable parameters with ${manifest.dataset.classNames.length} classes, for inputs of ${model.inputSize}×${model.inputSize} pixels. ${head}${map}.`,
      ...networkSources(model.architecture),
    ),
    network.file && graphEntry(network.file),
    weightsEntry(run),
  ]);
};

/** What the graph of a file is made of. */
function graphEntry({ graph, hash }: NetworkFile): MethodsEntry {
  const counts = new Map<string, number>();
  for (const { operator } of graph.nodes) counts.set(operator, (counts.get(operator) ?? 0) + 1);
  const operators = [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ×${count}`);
  const notes = graph.notes.map((note) => ` ${note}`).join('');
  return entry(
    'Graph',
    `Read from an ONNX file (SHA-256 of its graph: ${hash.slice(0, 12)}…) and computed in NHWC: ${operators.join(', ')}.${notes}`,
  );
}

function networkSources(name: string): ReferenceKey[] {
  if (name.startsWith('efficientnet')) return ['tan2019efficientnet'];
  if (name.startsWith('vgg')) return ['simonyan2015very'];
  return name.startsWith('resnet') ? ['he2016deep'] : [];
}

function weightsEntry({ run: { study, manifest, network } }: RunContent): MethodsEntry | undefined {
  if (!isTrainedHere(manifest)) return undefined;
  const { weights } = study.model;
  if (weights === 'random') return entry('First weights', `Random, drawn by the seed ${manifest.seed}.`);
  const published = network.architecture.imagenet;
  if (weights === 'imagenet' && published !== undefined)
    return entry(
      'First weights',
      `Trained on ImageNet: ${published.repository} at revision ${published.revision.slice(0, 12)}, with a classifier drawn anew by the seed ${manifest.seed}.`,
      'deng2009imagenet',
      'wightman2019timm',
    );
  return entry('First weights', `Those of the file ${basename(weights)}.`);
}

export const trainingMethods: Methods = (run) => {
  const { manifest } = run.run;
  if (manifest.watched !== undefined) return group('Training', watched(run));
  return group('Training', manifest.imported === undefined ? trained(run) : imported(run));
};

function trained({ run: { study, manifest }, metrics, present }: RunContent): (MethodsEntry | undefined)[] {
  const { training } = study;
  const warmup = training.warmupEpochs === 0 ? '' : ` after a linear warm-up of ${training.warmupEpochs} epochs`;
  const schedule =
    training.schedule === 'cosine' ? 'falling along half a cosine, once an epoch' : scheduleText(training.schedule);
  const last = metrics.at(-1)?.epoch ?? 0;
  const far = last < training.epochs ? ` So far ${last} of them are done.` : '';
  const { engine, microBatch } = manifest;
  const recipe = recipeSentences(training);
  return [
    entry(
      'Optimiser',
      `Cross-entropy; stochastic gradient descent with momentum ${training.momentum} and weight decay ${training.weightDecay} in PyTorch’s sense, learning rate ${training.learningRate}, ${schedule}${warmup}; batches of ${training.batchSize}, ${training.epochs} epochs.${far}`,
    ),
    augmentationEntry(training.augmentation),
    recipe.length === 0 ? undefined : entry('Recipe', `${recipe.map(capital).join('. ')}.`),
    training.labels === 'permuted'
      ? entry('Labels', `${capital(permutedLabelsText(training.seed))}.`, 'adebayo2018sanity')
      : undefined,
    entry(
      'Seed and engine',
      `Seed ${manifest.seed} for first weights, order of images and augmentation. ${capital(engineWord(engine.name))} engine (${engine.version}, ${engine.device}).${microBatch === undefined ? '' : ` ${microBatchText(microBatch)}`}`,
      'smilkov2019tensorflowjs',
      ...(engine.name === 'tensorflow' ? (['abadi2016tensorflow'] as const) : []),
    ),
    entry(
      'Checkpoints',
      `Weights after each epoch, of which ${present.length} are there; epoch 0 is the network before the first step.`,
    ),
  ];
}

function augmentationEntry(augmentation: Augmentation): MethodsEntry {
  const steps = augmentationDefinitions(augmentation);
  if (steps.length === 0) return entry('Augmentation', 'Training images are not augmented.');
  const order = steps.length === 1 ? '' : 'One after another, in this order. ';
  return entry(
    'Augmentation',
    `${order}${steps.map(({ text }) => text).join(' ')} Every draw follows from the seed, the epoch and the image.`,
    ...new Set(steps.flatMap(({ sources }) => sources)),
  );
}

function watched({ run: { manifest }, present }: RunContent): MethodsEntry[] {
  const { version, device } = manifest.engine;
  return [
    entry(
      'Watched',
      `Trained in PyTorch ${version} (${device}), not here: of ${present.length === 1 ? 'one epoch' : `${present.length} epochs`} the weights are there. Losses and accuracies of epochs are as that training said; optimiser, batches, augmentation and the images that it was trained on are not known.`,
      'paszke2019pytorch',
    ),
  ];
}

function imported({ run: { manifest }, present }: RunContent): MethodsEntry[] {
  const formats = (manifest.imported?.files ?? []).map(({ file }) => file.toLowerCase());
  const fromTorch = formats.some((file) => /\.(pth?|bin|ckpt|tar)$/.test(file));
  return [
    entry(
      'Imported',
      `Not trained here: the weights of ${present.length === 1 ? 'one checkpoint' : `${present.length} checkpoints`} were imported from files. Optimiser, batches, learning rate, augmentation and seed are not known; what files claim of themselves is marked as a claim.`,
      ...(fromTorch ? (['paszke2019pytorch'] as const) : []),
    ),
  ];
}

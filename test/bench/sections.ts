/** What the bench tells beside speed and memory, a section each. */
import type { EngineName } from '../../src/engine/engine';
import { activationTable, measureActivation } from './activation';
import { measureApart, type Job } from './apart';
import { measureFaithfulness, type FaithfulnessCost } from './faithfulness/measure';
import { faithfulnessTable, type EngineCosts } from './faithfulness/table';
import { measureFolder, type FolderCost } from './folder/measure';
import { folderTable } from './folder/table';
import { measureGrowth, type Growths } from './growth/measure';
import { measureSizes, sizeTable } from './growth/sizes';
import { growthTable } from './growth/table';
import { checkingTable, hashingTime, measureChecking } from './checking';
import { latencyTable, measureLatency } from './latency';
import type { CaseResult, Effort } from './measure';
import type { Options, SectionName } from './options';
import { measureMethods, type MethodCosts } from './methods/measure';
import { measurePytorch, methodTable } from './methods/table';
import { measureOnnx } from './onnx/measure';
import { measureOnnxFiles, ONNX } from './onnx/run';
import { onnxTable } from './onnx/table';
import { measurePerturbations, type PerturbationCosts } from './perturbations/measure';
import { perturbationTable } from './perturbations/table';
import { profileKernels } from './profile/kernels';
import { runForPrimitives } from './profile/primitives';
import { KERNELS, PRIMITIVES, profileCases, profileTable } from './profile/profile';
import { measureRobustness, type RobustnessCost } from './robustness/measure';
import { robustnessTable } from './robustness/table';
import type { Sides } from './sides';
import { measureSweep, sweepTable } from './sweep';
import { measureTable, runsTable } from './table/measure';
import { PYTORCH } from './tables';

export interface SectionResult {
  readonly name: SectionName;
  /** Markdown. */
  readonly text: string;
  /** For the history. */
  readonly data: unknown;
}

export interface SectionInputs {
  readonly options: Options;
  readonly sides: Sides;
  readonly effort: Effort;
  /** Of the section on speed. */
  readonly results: readonly CaseResult[];
  readonly progress: (text: string) => void;
}

type Section = (inputs: SectionInputs) => Promise<Omit<SectionResult, 'name'>>;

const PERTURBATIONS = 'perturbations';
const FAITHFULNESS = 'faithfulness';
const GROWTH = 'growth';
const ROBUSTNESS = 'robustness';
const METHODS = 'methods';
const FOLDER = 'folder';

/** What the processes do that measure. */
export const JOBS: Readonly<Record<string, Job>> = {
  [PERTURBATIONS]: measurePerturbations,
  [FAITHFULNESS]: measureFaithfulness,
  [GROWTH]: measureGrowth,
  [ROBUSTNESS]: measureRobustness,
  [METHODS]: measureMethods,
  [ONNX]: measureOnnx,
  [FOLDER]: measureFolder,
  [KERNELS]: profileKernels,
  [PRIMITIVES]: runForPrimitives,
};

const SECTIONS: Readonly<Record<Exclude<SectionName, 'speed'>, Section>> = {
  async perturbations({ sides, effort, progress }) {
    progress('perturbations');
    const argument = { rounds: effort.rounds };
    const data = await measureApart<PerturbationCosts>(PERTURBATIONS, { engine: first(sides), argument });
    const title = `### Perturbing an image of 32×32, beside a forward pass of it on ${first(sides)}`;
    return { text: `${title}\n\n${perturbationTable(data)}`, data };
  },

  async faithfulness({ sides, effort, progress }) {
    const data: EngineCosts[] = [];
    for (const engine of sides.names) {
      progress(`faithfulness on ${engine}`);
      const argument = { rounds: effort.rounds, images: engine === 'tensorflow' ? 50 : 25 };
      data.push({ engine, costs: await measureApart<FaithfulnessCost[]>(FAITHFULNESS, { engine, argument }) });
    }
    const title =
      '### Deletion, insertion, ROAD and sparseness of `resnet20` at 32×32, beside its forward passes alone';
    return { text: `${title}\n\n${faithfulnessTable(data)}`, data };
  },
  async methods({ sides, effort, progress }) {
    const item = { architecture: 'resnet20', inputSize: 32 } as const;
    const data: { engine: EngineName; measured: MethodCosts }[] = [];
    for (const engine of sides.names) {
      progress(`explanation methods on ${engine}`);
      const argument = { ...item, rounds: effort.rounds };
      data.push({ engine, measured: await measureApart<MethodCosts>(METHODS, { engine, argument }) });
    }
    progress(`explanation methods on ${PYTORCH}`);
    const pytorch = await measurePytorch(
      sides.all.find(({ name }) => name === PYTORCH),
      item,
      effort.rounds,
    );
    const title = '### Explaining one class of an image with `resnet20` at 32×32, each method with its defaults';
    return { text: `${title}\n\n${methodTable(item, data, pytorch)}`, data: { engines: data, pytorch } };
  },

  async growth({ sides, effort, results, progress }) {
    const data: { engine: EngineName; measured: Growths }[] = [];
    for (const engine of sides.names) {
      progress(`growth with images, checkpoints and rounds on ${engine}`);
      const argument = { rounds: effort.rounds, images: engine === 'tensorflow' ? 256 : 64 };
      data.push({ engine, measured: await measureApart<Growths>(GROWTH, { engine, argument }) });
    }
    const plain = sides.all.filter(({ name }) => sides.names.some((engine) => engine === name));
    const sizes = await measureSizes(plain, results, effort, progress);
    const text = [
      '### How a study of `resnet20` at 32×32 grows (lines of least squares)',
      growthTable(data),
      '### How `efficientnet_b0` grows with its input, ms/image (µs per thousand pixels)',
      sizeTable(sizes, sides.names),
    ].join('\n\n');
    return {
      text,
      data: { studies: data, sizes: sizes.map(({ inputSize, measurements }) => ({ inputSize, measurements })) },
    };
  },

  async robustness({ sides, effort, progress }) {
    const data: { engine: EngineName; costs: RobustnessCost[] }[] = [];
    for (const engine of sides.names) {
      progress(`a robustness study beside bare forward passes on ${engine}`);
      const argument = { rounds: effort.rounds, batches: engine === 'tensorflow' ? 4 : 1 };
      data.push({ engine, costs: await measureApart<RobustnessCost[]>(ROBUSTNESS, { engine, argument }) });
    }
    const title = '### A robustness study of `resnet20` at 32×32 beside as many bare forward passes, in one run';
    return { text: `${title}\n\n${robustnessTable(data)}`, data };
  },

  async onnx({ options, sides, effort, progress }) {
    const { names: engines } = sides;
    const data = await measureOnnxFiles({ engines, python: options.python, rounds: effort.rounds, progress });
    const title = '### ONNX files of our own architectures, beside these (ratios: the file over ours)';
    return { text: `${title}\n\n${onnxTable(data)}`, data };
  },

  async latency({ sides, effort, progress }) {
    progress('the first heatmap');
    const data = await measureLatency(sides.names, effort.rounds);
    const title =
      '### The first heatmap through the engine process, `resnet20`, 8 images × 9 checkpoints, none kept, ms';
    return { text: `${title}\n\n${latencyTable(data)}`, data };
  },

  async checking({ sides, effort, progress }) {
    progress('the checking of every byte');
    const data = await measureChecking(first(sides), effort.rounds);
    const hashing = (['resnet20', 'efficientnet_b0'] as const).map((architecture) => {
      return `${hashingTime(architecture, 5 * effort.rounds).toFixed(1)} ms for \`${architecture}\``;
    });
    const title = '### Kept heatmaps of a run with sums beside one without, `resnet20`';
    return { text: `${title}\n\n${checkingTable(data)}\n\nSums add to an epoch ${hashing.join(', ')}.`, data };
  },

  async sweep({ sides, progress }) {
    progress('a sweep beside its trainings');
    const data = await measureSweep(first(sides));
    const title = '### A sweep of 2 recipes × 3 seeds, `resnet20`, beside its trainings one after another';
    return { text: `${title}\n\n${sweepTable(data)}`, data };
  },

  async table({ options, progress }) {
    progress('a table of many runs');
    const data = await measureTable({ runs: options.quick ? 50 : 500, epochs: 200, testImages: 1000 });
    const title = `### What is known of ${data.runs} runs of 200 epochs, read in this process`;
    return { text: `${title}\n\n${runsTable(data)}`, data };
  },

  async activation({ options, effort, progress }) {
    progress('the loading of the extension');
    const data = await measureActivation(options.previous, effort.rounds);
    return { text: `### Loading the extension, under a stub of VS Code\n\n${activationTable(data)}`, data };
  },

  async folder({ options, sides, progress }) {
    progress('a folder of pictures');
    const argument = { files: options.quick ? 5000 : 50_000 };
    const data = await measureApart<FolderCost>(FOLDER, { engine: first(sides), argument });
    const title = `### A folder of ${data.files} JPEGs at 64×64, and \`resnet20\` on ${first(sides)}`;
    return { text: `${title}\n\n${folderTable(data)}`, data };
  },

  async profile({ options, sides, progress }) {
    const data = await profileCases(options.only, sides.names, progress);
    return { text: `### Where the time goes\n\n${profileTable(data)}`, data };
  },
};

export async function measureSections(names: readonly SectionName[], inputs: SectionInputs): Promise<SectionResult[]> {
  const sections: SectionResult[] = [];
  for (const name of names) if (name !== 'speed') sections.push({ name, ...(await SECTIONS[name](inputs)) });
  return sections;
}

function first({ names }: Sides): EngineName {
  return names[0] as EngineName;
}

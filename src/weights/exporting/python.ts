/** The lines of Python that load an exported file: complete, so that they run as they are. */
import { architecture, type ArchitectureName } from '../../architectures';
import type { InputSettings } from '../../models/input';
import type { ExportNames } from './names';

export interface Exported {
  readonly architecture: ArchitectureName;
  readonly names: ExportNames;
  /** As Python is to open it. */
  readonly path: string;
  /** Undefined where nobody knows. */
  readonly input: InputSettings | undefined;
  readonly classes: number;
}

export function pythonLines({ path, input, ...network }: Exported): string {
  return [
    ...networkLines(network),
    `model.load_state_dict(load_file(${JSON.stringify(path)}))`,
    'model.eval()',
    ...(input === undefined ? [] : inputLines(input)),
    '',
  ].join('\n');
}

/** The lines that make the network, with random weights, as `model`. */
export function networkLines({ architecture: name, names, classes }: Omit<Exported, 'path' | 'input'>): string[] {
  const network = architecture(name).python(names, classes);
  if (network === undefined) throw new Error(`${names} has no ${name}`);
  return [...network.imports, 'from safetensors.torch import load_file', '', ...network.lines];
}

function inputLines({ inputSize, mean, std }: InputSettings): string[] {
  return [
    `# Images: RGB in [0, 1], ${inputSize}×${inputSize}, shape [n, 3, ${inputSize}, ${inputSize}], normalised with`,
    `# mean ${mean.join(', ')} and standard deviation ${std.join(', ')}.`,
  ];
}

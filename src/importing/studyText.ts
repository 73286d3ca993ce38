import { defaultInputSize, type DatasetSettings, type Normalization, type ResizeSettings } from '../study';
import { fileFrom } from './places';
import { stateDictText } from '../weights/remarks';
import type { Inspection } from './inspect';

export interface NewStudy {
  /** Its file's name without the ending. */
  readonly name: string;
  /** Where the file is to lie. */
  readonly folder: string;
  readonly dataset: DatasetSettings;
  readonly normalization: Normalization;
  readonly inputSize: number | undefined;
  /** How image files are brought to the input; undefined stretches them, as without a study. */
  readonly resize: ResizeSettings | undefined;
}

/** A study file for checkpoints that were trained elsewhere: what is known of them, and what to look at. */
export function importedStudyText(
  { architecture, network, checkpoints, stateDicts }: Inspection,
  from: string,
  wanted: NewStudy,
): string {
  const last = checkpoints.at(-1)?.epoch ?? 0;
  const inputSize = wanted.inputSize ?? defaultInputSize(architecture);
  return `// Checkpoints that were trained elsewhere, imported from ${JSON.stringify(from)}.
// "dataset", "inputSize" and "normalization" say how images are given to them.
${stateDicts === undefined ? '' : `// ${stateDictText(stateDicts).replace(/\s+/g, ' ')}\n`}{
  "name": ${JSON.stringify(wanted.name)},

  "dataset": ${onOneLine(wanted.dataset)},

  "model": {
    "architecture": ${JSON.stringify(architecture)},
    // ${network.file ? 'The network, which a new training of this study starts from' : 'Of a new training of this study'}. What the imported checkpoints began with is not known here.
    "weights": ${JSON.stringify(network.file ? fileFrom(wanted.folder, network.file.path) : 'random')},
    "inputSize": ${inputSize},
    // What was subtracted from pixels in [0, 1], and what they were then divided by.
    "normalization": ${onOneLine(wanted.normalization)}
  },

  // How the imported checkpoints were trained is not known here: by which optimiser, for how many epochs, in which batches,
  // with which learning rate, augmentation and seed. This counts only when the study is trained anew.
  "training": { "epochs": ${last} },

  // Image files of any shape are brought to the input by "crop" (as timm evaluates), "pad" or "stretch".
  "explain": {
    "checkpoints": "all",
    "images": { "random": 8 },
    "resize": ${onOneLine(wanted.resize ?? 'stretch')},
    "method": "gradcam",
    "layer": "auto"
  },

  "perturbations": [
    { "kind": "gaussianNoise", "standardDeviation": 0.1, "rounds": 3 },
    { "kind": "rotation", "degrees": [-30, 30], "rounds": 3 },
    { "kind": "occlusion", "pixels": 10, "rounds": 3 }
  ]
}
`;
}

function onOneLine(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\s*\n\s*/g, ' ');
}

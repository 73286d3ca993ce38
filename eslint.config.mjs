import { dirname, join, relative, sep } from 'node:path';
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import { throughL10n } from './l10n/throughL10n.mjs';

/** What only computes or describes, and what keeps files. */
const PURE = [
  'common',
  'statistics',
  'imaging',
  'imageFiles',
  'measures',
  'protocol',
  'requests',
  'architectures',
  'pickle',
  'datasets',
  'perturbations',
  'augmentations',
  'comparison',
  'explanations',
  'download',
  'onnx',
  'networks',
];
const FOLDERS = ['study', 'runs', 'cluster', 'sweeps', 'setup'];
const COMPUTING = ['engine', 'onnxruntime', 'models', 'weights', 'training', 'computations', 'importing'];

/** Which layer may import which others: imports point one way. Each says why. */
const layers = {
  common: { may: [], why: 'common knows nobody' },
  statistics: { may: ['common'], why: 'statistics are of numbers, whatever they measure' },
  imaging: { may: ['common'], why: 'imaging does not know who uses it' },
  imageFiles: { may: ['common', 'imaging'], why: 'image files are decoded without knowing what for' },
  architectures: { may: ['common'], why: 'architectures are declared without knowing who uses them' },
  onnx: { may: ['common', 'architectures'], why: 'a graph is read without knowing who computes it' },
  explanations: { may: ['common', 'imaging'], why: 'an explanation method takes arrays, and operations as values' },
  perturbations: { may: ['common', 'imaging'], why: 'a perturbation is of pixels, whoever asks' },
  augmentations: {
    may: ['common', 'imaging', 'perturbations'],
    why: 'an augmentation is of pixels, whoever trains',
  },
  comparison: { may: ['common', 'statistics', 'measures'], why: 'runs are compared by their numbers, whoever asks' },
  measures: {
    may: ['common', 'imaging', 'statistics', 'perturbations'],
    why: 'measures take arrays and numbers, wherever they come from',
  },
  requests: { may: ['common', 'statistics', 'measures'], why: 'the schema of a request is pure' },
  protocol: {
    may: ['common', 'statistics', 'imaging', 'measures', 'comparison', 'explanations', 'requests'],
    why: 'every program can import the protocol',
  },
  download: { may: ['common'], why: 'a download does not know what it is for' },
  setup: { may: ['common', 'download'], why: 'set-up runs before anything else works' },
  onnxruntime: { may: ['common', 'setup'], why: 'onnxruntime runs a file, whatever it is' },
  networks: { may: ['common', 'architectures', 'onnx'], why: 'a network is read without knowing what for' },
  study: {
    may: [
      'common',
      'architectures',
      'networks',
      'datasets',
      'perturbations',
      'augmentations',
      'explanations',
      'measures',
    ],
    why: 'a study is read without runs and engines',
  },
  pickle: { may: ['common'], why: 'a pickle is read without knowing what for' },
  datasets: {
    may: ['common', 'download', 'imageFiles', 'imaging', 'pickle', 'setup'],
    why: 'a data set does not know what it is for',
  },
  runs: {
    may: [
      'common',
      'architectures',
      'networks',
      'datasets',
      'statistics',
      'measures',
      'comparison',
      'perturbations',
      'study',
    ],
    why: 'a run folder is files, and whoever watches it needs no engine',
  },
  outward: {
    may: [...PURE, 'study', 'runs', 'computations'],
    why: 'what other tools are told is made of a run and its results, whoever asks',
  },
  cluster: { may: ['common', 'setup'], why: 'a scheduler is handed tasks, whatever they do' },
  sweeps: { may: ['common', 'study', 'runs', 'cluster'], why: 'a sweep is a queue of runs, whoever watches it' },
  engine: {
    may: ['common', 'download', 'setup'],
    why: 'the engine knows how tensors are computed, and nothing of why',
  },
  models: { may: [...PURE, ...FOLDERS, 'engine', 'onnxruntime'], why: 'a model is computed without knowing what for' },
  weights: {
    may: [...PURE, ...FOLDERS, 'engine', 'onnxruntime', 'models'],
    why: 'weights are read without knowing what for',
  },
  training: { may: [...PURE, ...FOLDERS, 'engine', 'models', 'weights'], why: 'training does not know who asks' },
  computations: { may: [...PURE, ...FOLDERS, 'engine', 'models', 'weights'], why: 'computations do not know who asks' },
  importing: {
    may: [...PURE, ...FOLDERS, 'engine', 'onnxruntime', 'models', 'weights', 'computations'],
    why: 'importing does not know who asks',
  },
  report: { may: [...PURE, 'study', 'runs', 'computations'], why: 'a report is made of results, whoever asks' },
  engineProcess: { may: [...PURE, ...FOLDERS, ...COMPUTING], why: 'the engine process answers the extension' },
  cli: { may: [...PURE, ...FOLDERS, ...COMPUTING, 'report', 'outward'], why: 'the command line works without VS Code' },
  extension: { may: [...PURE, ...FOLDERS], why: 'the extension host never computes: it asks a process' },
};

/** What a page may know beside its own files: it asks the extension for everything else. */
const OF_PAGES = [
  'common',
  'protocol',
  'requests',
  'imaging',
  'statistics',
  'measures',
  'comparison',
  'explanations',
  'perturbations',
];
const pages = { may: OF_PAGES, why: 'a page asks the extension for what it does not know' };

const source = join(import.meta.dirname, 'src');

/** The layer of a file under `src`, or undefined of any other. */
function layerOf(path) {
  const [first, ...others] = relative(source, path).split(sep);
  // The schemas of what can be computed are not the code that computes it.
  if (first === 'computations' && /^schema(\.ts)?$/.test(others.at(-1))) return 'requests';
  return first === '..' ? undefined : first;
}

/** Refuses an import of a layer that the importing file's layer must not know. */
const importsPointOneWay = {
  create(context) {
    const here = layerOf(context.filename);
    const { may, why } = here === undefined ? pages : (layers[here] ?? pages);
    const check = ({ source: imported }) => {
      if (typeof imported?.value !== 'string' || !imported.value.startsWith('.')) return;
      const there = layerOf(join(dirname(context.filename), imported.value));
      if (there === undefined || there === here || !(there in layers) || may.includes(there)) return;
      context.report({ node: imported, message: `Imports point one way: ${why}.` });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

const noVscode = { name: 'vscode', message: 'Only src/extension sees VS Code.' };
const tensors = {
  group: ['@tensorflow/*'],
  message: 'Only the engine, and what computes with it, knows tensors.',
};
/** The layers that compute with tensors. */
const WITH_TENSORS = ['engine', 'models', 'training', 'computations'];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', 'src/engine/wasm/assembly/', '**/*.d.ts'] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['src/tsconfig.json', 'src/extension/tsconfig.json', 'webview/tsconfig.json', 'test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Numbers and booleans in texts are what they look like.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // TensorFlow.js's classes are interfaces in all but name: its own kernels hand out plain objects.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // `get<T>(name)` says at the call what is there; an assertion would say the same, less clearly.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**', 'webview/**'],
    plugins: { epochlens: { rules: { 'imports-point-one-way': importsPointOneWay } } },
    rules: {
      'epochlens/imports-point-one-way': 'error',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [noVscode], patterns: [{ ...tensors, allowTypeImports: true }] },
      ],
    },
  },
  {
    files: WITH_TENSORS.map((name) => `src/${name}/**`),
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [noVscode] }] },
  },
  {
    files: ['src/extension/**'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [tensors] }] },
  },
  {
    files: ['src/extension/**', 'webview/**'],
    plugins: { l10n: { rules: { through: throughL10n } } },
    rules: { 'l10n/through': 'error' },
  },
  { files: ['test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  {
    files: ['**/*.mjs', 'vitest.config.ts'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', WebAssembly: 'readonly' },
      parserOptions: { project: null },
    },
  },
);

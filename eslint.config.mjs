import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What only computes or describes, and what keeps files. */
const PURE = ['common', 'protocol', 'architectures', 'imaging', 'mistakes', 'statistics', 'drift', 'download'];
const FOLDERS = ['study', 'runs', 'setup'];

/** Which layer may import which others: imports point one way. Each says why. */
const layers = {
  common: { may: [], why: 'common knows nobody' },
  protocol: { may: [], why: 'the protocol imports nothing, so that every program can import it' },
  architectures: { may: [], why: 'architectures are declared without knowing who uses them' },
  imaging: { may: ['common'], why: 'imaging does not know who uses it' },
  mistakes: { may: ['common'], why: 'mistakes are counted from predictions alone, wherever they come from' },
  statistics: { may: ['common'], why: 'statistics are of numbers, whatever they measure' },
  drift: {
    may: ['common', 'protocol', 'statistics'],
    why: 'how heatmaps move is told of numbers alone, wherever they come from',
  },
  download: { may: ['common'], why: 'a download does not know what it is for' },
  study: { may: ['common', 'architectures'], why: 'a study is read without runs and engines' },
  runs: {
    may: ['common', 'architectures', 'statistics', 'study'],
    why: 'a run folder is files, and whoever watches it needs no engine',
  },
  setup: { may: ['common', 'download'], why: 'set-up runs before anything else works' },
  engine: { may: [...PURE, ...FOLDERS], why: 'the engine does not know who asks' },
  report: { may: [...PURE, 'study', 'runs'], why: 'a report is made of results alone' },
  cli: { may: [...PURE, ...FOLDERS, 'engine', 'report'], why: 'the command line works without VS Code' },
  extension: { may: [...PURE, ...FOLDERS], why: 'the extension host never computes: it asks a process' },
};

/** The layers that are none of a layer's business, however deep in it a file lies. */
function foreignImports(name) {
  const { may, why } = layers[name];
  const foreign = Object.keys(layers).filter((other) => other !== name && !may.includes(other));
  const group = foreign.flatMap((other) => [`**/../${other}`, `**/../${other}/**`]);
  return { group, message: `Imports point one way: ${why}.` };
}

const ofPages = ['common', 'protocol', 'imaging', 'mistakes', 'statistics', 'drift'];
const foreignToPages = {
  group: Object.keys(layers)
    .filter((name) => !ofPages.includes(name))
    .flatMap((name) => [`**/src/${name}`, `**/src/${name}/**`]),
  message: 'Imports point one way: a page asks the extension for what it does not know.',
};

const noVscode = { name: 'vscode', message: 'Only src/extension sees VS Code.' };
const tensors = { group: ['@tensorflow/*'], message: 'Only the engine computes.' };

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', 'src/engine/backend/wasm/assembly/', '**/*.d.ts'] },
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
      'no-restricted-imports': ['error', { paths: [noVscode] }],
    },
  },
  ...Object.keys(layers).map((name) => ({
    files: [`src/${name}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: name === 'extension' ? [] : [noVscode],
          patterns: [foreignImports(name), ...(name === 'engine' ? [] : [tensors])],
        },
      ],
    },
  })),
  {
    files: ['webview/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [noVscode], patterns: [foreignToPages, tensors] }] },
  },
  { files: ['test/**'], rules: { 'no-restricted-imports': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
  {
    files: ['**/*.mjs', 'vitest.config.ts'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', WebAssembly: 'readonly' },
      parserOptions: { project: null },
    },
  },
);

import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Which layer may import what: imports point one way. Each message says why. */
const layers = [
  {
    files: ['src/common/**'],
    forbidden: [
      'study',
      'runs',
      'imaging',
      'architectures',
      'engine',
      'report',
      'cli',
      'extension',
      'setup',
      'protocol',
      'mistakes',
      'download',
    ],
    why: 'common knows nobody',
  },
  {
    files: ['src/protocol/**'],
    forbidden: [
      'common',
      'study',
      'runs',
      'imaging',
      'architectures',
      'mistakes',
      'engine',
      'report',
      'cli',
      'extension',
      'setup',
      'download',
    ],
    why: 'the protocol imports nothing, so that every program can import it',
  },
  {
    files: ['src/architectures/**', 'src/imaging/**'],
    forbidden: ['study', 'runs', 'mistakes', 'engine', 'report', 'cli', 'extension', 'setup', 'protocol', 'download'],
    why: 'pure layers do not know who uses them',
  },
  {
    files: ['src/mistakes/**'],
    forbidden: [
      'study',
      'runs',
      'imaging',
      'architectures',
      'engine',
      'report',
      'cli',
      'extension',
      'setup',
      'protocol',
    ],
    why: 'mistakes are counted from predictions alone, wherever they come from',
  },
  {
    files: ['src/download/**'],
    forbidden: [
      'study',
      'runs',
      'imaging',
      'architectures',
      'mistakes',
      'engine',
      'report',
      'cli',
      'extension',
      'setup',
      'protocol',
    ],
    why: 'a download does not know what it is for',
  },
  {
    files: ['src/study/**'],
    forbidden: ['runs', 'imaging', 'mistakes', 'engine', 'report', 'cli', 'extension', 'setup', 'protocol', 'download'],
    why: 'a study is read without runs and engines',
  },
  {
    files: ['src/runs/**'],
    forbidden: ['imaging', 'mistakes', 'engine', 'report', 'cli', 'extension', 'setup', 'protocol', 'download'],
    why: 'a run folder is files, and whoever watches it needs no engine',
  },
  {
    files: ['src/setup/**'],
    forbidden: ['engine', 'report', 'cli', 'extension', 'protocol', 'study', 'runs', 'mistakes'],
    why: 'set-up runs before anything else works',
  },
  { files: ['src/engine/**'], forbidden: ['report', 'cli', 'extension'], why: 'the engine does not know who asks' },
  {
    files: ['src/report/**'],
    forbidden: ['cli', 'extension', 'setup'],
    why: 'a report is made of results alone',
  },
  { files: ['src/cli/**'], forbidden: ['extension'], why: 'the command line works without VS Code' },
  {
    files: ['src/extension/**'],
    forbidden: ['engine', 'cli', 'report'],
    why: 'the extension host never computes: it asks a process',
  },
];

const patternsOf = ({ forbidden, why }) => [
  {
    group: forbidden.flatMap((name) => [`**/../${name}`, `**/../${name}/**`]),
    message: `Imports point one way: ${why}.`,
  },
];
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
  ...layers.map((layer) => ({
    files: layer.files,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: layer.files[0].startsWith('src/extension') ? [] : [noVscode],
          patterns: [...patternsOf(layer), ...(layer.files[0].startsWith('src/engine') ? [] : [tensors])],
        },
      ],
    },
  })),
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

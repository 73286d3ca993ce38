/** Every name that the manifest and the code share. A test holds the two against each other. */

export const COMMANDS = {
  createStudy: 'epochlens.createStudy',
  runExample: 'epochlens.runExample',
  train: 'epochlens.train',
  resume: 'epochlens.resume',
  stop: 'epochlens.stop',
  openStudy: 'epochlens.openStudy',
  openReport: 'epochlens.openReport',
  // Weights from elsewhere, and for elsewhere.
  importCheckpoints: 'epochlens.importCheckpoints',
  exportWeights: 'epochlens.exportWeights',
  openLog: 'epochlens.openLog',
  revealRun: 'epochlens.revealRun',
  copyPath: 'epochlens.copyPath',
  deleteRun: 'epochlens.deleteRun',
  adoptRun: 'epochlens.adoptRun',
  // What a run takes, and whether it is whole.
  verifyRun: 'epochlens.verifyRun',
  keepEpochs: 'epochlens.keepEpochs',
  packRun: 'epochlens.packRun',
  unpackRun: 'epochlens.unpackRun',
  clearCaches: 'epochlens.clearCaches',
  refreshRuns: 'epochlens.refreshRuns',
  showOutput: 'epochlens.showOutput',
  openDocumentation: 'epochlens.openDocumentation',
  showPromises: 'epochlens.showPromises',
  installNativeEngine: 'epochlens.installNativeEngine',
  // The engine process.
  showEngines: 'epochlens.showEngines',
  restartEngine: 'epochlens.restartEngine',
  // Heatmaps.
  openHeatmaps: 'epochlens.openHeatmaps',
  showGradCam: 'epochlens.showGradCam',
  showGradCamForRun: 'epochlens.showGradCamForRun',
  exportHeatmapsPng: 'epochlens.exportHeatmapsPng',
  exportHeatmapsCsv: 'epochlens.exportHeatmapsCsv',
  copyHeatmaps: 'epochlens.copyHeatmaps',
  // Robustness.
  runPerturbations: 'epochlens.runPerturbations',
  cancelPerturbations: 'epochlens.cancelPerturbations',
  showRobustness: 'epochlens.showRobustness',
  testRobustness: 'epochlens.testRobustness',
  testRobustnessForRun: 'epochlens.testRobustnessForRun',
  // Metrics and the gallery.
  showMetrics: 'epochlens.showMetrics',
  openGallery: 'epochlens.openGallery',
  // What goes wrong, and where a model looks.
  showMisclassified: 'epochlens.showMistakes',
  showAttention: 'epochlens.showAttention',
} as const;
export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

export const VIEWS = { runs: 'epochlens.runs' } as const;

/** The view types of webview panels and custom editors. `activeWebviewPanelId` is compared with them. */
export const PANELS = {
  heatmaps: 'epochlens.heatmaps',
  robustness: 'epochlens.robustness',
  metrics: 'epochlens.metrics',
  gallery: 'epochlens.gallery',
  cifarBatch: 'epochlens.cifarBatch',
  misclassified: 'epochlens.mistakes',
  attention: 'epochlens.attention',
} as const;
export type PanelId = (typeof PANELS)[keyof typeof PANELS];

/** What `when` clauses ask for. */
export const CONTEXT_KEYS = {
  /** The workspace has been looked through once. */
  ready: 'epochlens.ready',
  hasStudies: 'epochlens.hasStudies',
  hasRuns: 'epochlens.hasRuns',
  /** At least one training can go on. */
  hasResumable: 'epochlens.hasResumable',
  /** At least one training runs. */
  training: 'epochlens.training',
  /** At least one perturbation test runs. */
  testing: 'epochlens.testing',
} as const;

/** Of the configuration section "epochlens". */
export const SETTINGS = {
  section: 'epochlens',
  engine: 'engine',
  cifar10Mirror: 'cifar10Mirror',
  hubEndpoint: 'hubEndpoint',
  cacheLimit: 'cache.limitMegabytes',
} as const;

/** The files that are studies, for editors and searches. */
export const STUDY_PATTERN = '**/*.epochlens.json';

/** Every name that the manifest and the code share. A test holds the two against each other. */

export const COMMANDS = {
  createStudy: 'epochlens.createStudy',
  watchPyTorch: 'epochlens.watchPyTorch',
  runExample: 'epochlens.runExample',
  train: 'epochlens.train',
  resume: 'epochlens.resume',
  stop: 'epochlens.stop',
  openStudy: 'epochlens.openStudy',
  openReport: 'epochlens.openReport',
  openReportExternally: 'epochlens.openReportExternally',
  // Importing and exporting weights.
  importCheckpoints: 'epochlens.importCheckpoints',
  exportWeights: 'epochlens.exportWeights',
  writeTensorboard: 'epochlens.writeTensorboard',
  measureAccuracy: 'epochlens.measureAccuracy',
  openLog: 'epochlens.openLog',
  revealRun: 'epochlens.revealRun',
  copyPath: 'epochlens.copyPath',
  deleteRun: 'epochlens.deleteRun',
  // What a person says of a run, and comparing two.
  renameRun: 'epochlens.renameRun',
  editNote: 'epochlens.editNote',
  pinRun: 'epochlens.pinRun',
  unpinRun: 'epochlens.unpinRun',
  undoRunChange: 'epochlens.undoRunChange',
  redoRunChange: 'epochlens.redoRunChange',
  compareRuns: 'epochlens.compareRuns',
  compareHeatmaps: 'epochlens.compareHeatmaps',
  whatChanged: 'epochlens.whatChanged',
  restoreStudy: 'epochlens.restoreStudy',
  adoptRun: 'epochlens.adoptRun',
  // Verifying, packing and thinning out runs.
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
  // Metrics, the table of runs and the gallery.
  showMetrics: 'epochlens.showMetrics',
  showRunsTable: 'epochlens.showRunsTable',
  openGallery: 'epochlens.openGallery',
  // Sweeps, and single cells of them.
  runSweep: 'epochlens.runSweep',
  runSweepOn: 'epochlens.runSweepOn',
  pauseSweep: 'epochlens.pauseSweep',
  continueSweep: 'epochlens.continueSweep',
  cancelSweep: 'epochlens.cancelSweep',
  retrySweep: 'epochlens.retrySweep',
  showSweep: 'epochlens.showSweep',
  showSweepLog: 'epochlens.showSweepLog',
  createExampleSweep: 'epochlens.createExampleSweep',
  trainCell: 'epochlens.trainCell',
  moveCellUp: 'epochlens.moveCellUp',
  moveCellDown: 'epochlens.moveCellDown',
  cancelCell: 'epochlens.cancelCell',
  retryCell: 'epochlens.retryCell',
  openTaskLog: 'epochlens.openTaskLog',
  // Misclassified images, attention, and trust in heatmaps.
  showMisclassified: 'epochlens.showMistakes',
  showAttention: 'epochlens.showAttention',
  showTrust: 'epochlens.showTrust',
} as const;
export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

export const VIEWS = { runs: 'epochlens.runs' } as const;

/** The view types of webview panels and custom editors. `activeWebviewPanelId` is compared with them. */
export const PANELS = {
  heatmaps: 'epochlens.heatmaps',
  robustness: 'epochlens.robustness',
  metrics: 'epochlens.metrics',
  runsTable: 'epochlens.runsTable',
  gallery: 'epochlens.gallery',
  cifarBatch: 'epochlens.cifarBatch',
  misclassified: 'epochlens.mistakes',
  attention: 'epochlens.attention',
  trust: 'epochlens.trust',
  report: 'epochlens.report',
  sweep: 'epochlens.sweep',
} as const;
export type PanelId = (typeof PANELS)[keyof typeof PANELS];

/** The context keys that `when` clauses use. */
export const CONTEXT_KEYS = {
  /** The workspace has been searched once. */
  ready: 'epochlens.ready',
  hasStudies: 'epochlens.hasStudies',
  hasRuns: 'epochlens.hasRuns',
  /** At least one training can be resumed. */
  hasResumable: 'epochlens.hasResumable',
  /** At least one training is running. */
  training: 'epochlens.training',
  /** A change of a run's name, note or pin can be undone, or done again. */
  canUndoRunChange: 'epochlens.canUndoRunChange',
  canRedoRunChange: 'epochlens.canRedoRunChange',
  /** At least one study has a sweep. */
  hasSweeps: 'epochlens.hasSweeps',
  /** At least one perturbation test is running. */
  testing: 'epochlens.testing',
} as const;

/** The keys of the configuration section "epochlens". */
export const SETTINGS = {
  section: 'epochlens',
  engine: 'engine',
  cifar10Mirror: 'cifar10Mirror',
  hubEndpoint: 'hubEndpoint',
  cacheLimit: 'cache.limitMegabytes',
  tensorboard: 'logging.tensorboard',
  colourMap: 'appearance.colourMap',
  opacity: 'appearance.opacity',
  scale: 'appearance.scale',
  trainingLenses: 'codeLens.training',
  testLenses: 'codeLens.tests',
  notifyWhenTrainingEnds: 'notifyWhenTrainingEnds',
  clusterHosts: 'cluster.hosts',
  clusterPartition: 'cluster.partition',
  clusterAccount: 'cluster.account',
  clusterTime: 'cluster.time',
  clusterMemory: 'cluster.memory',
  clusterLimit: 'cluster.limit',
  clusterRequeues: 'cluster.requeues',
  clusterCpus: 'cluster.cpus',
  clusterNodeLocal: 'cluster.nodeLocal',
} as const;

/** The pattern of study files, for editors and searches. */
export const STUDY_PATTERN = '**/*.epochlens.json';

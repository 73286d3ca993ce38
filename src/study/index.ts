/** The study file: its schema, its defaults, and what is wrong with one, with places. */
export * from './architectures';
export type { DatasetSettings } from '../datasets/datasetKinds';
export { formerPlaces, type FormerEntries } from './formerPlaces';
export {
  MOST_CROPPED,
  RESIZE_MODES,
  resolveResize,
  type ResizeMode,
  type ResizeSettings,
  type WrittenResize,
} from './resizeSchema';
export { stepsOf } from './attackDefaults';
export { resolveAttack, type ResolvedAttack } from './attacks';
export { attackSchema, type Attack, type AdversarialSettings } from './attackSchema';
export type { Cell, Sweep } from './sweep/cell';
export { findCells } from './sweep/find';
export type { LoggingSettings } from './loggingSchema';
export { permutedLabelsText } from './trainingSchema';
export type { KeepCheckpoints, TrainingLabels, TrainingSettings } from './trainingSchema';
export { studyFileSchema, writtenStudySchema } from './schema';
export type {
  ExplainedImages,
  ExplainSettings,
  LocatedStudy,
  ModelSettings,
  Study,
  StudyFile,
  WrittenStudy,
} from './schema';
export { fitsFileName, nameFrom, STUDY_SUFFIX, studyNameOf } from './fileName';
export { isKeptName, isStudyName, NAME_RULE } from './name';
export { freeName, nameInFile, namesakesOf } from './namesakes';
export { problemText, type JsonPath, type StudyProblem } from './problem';
export { declarationIfReadable, declarationOf, networkOf } from './network';
export { allStudies, parseStudy, parseStudyFile, type ParsedStudy } from './parse';
export { isOnnxFile, usualArchitecture } from './defaultArchitecture';
export {
  locatedCell,
  readAllStudies,
  readStudies,
  readStudy,
  readStudyFile,
  readStudyOf,
  type StudiesInFile,
} from './read';
export { explainedImages, type SetImage } from './explainedImages';
export { explanationIn, type ExplanationIn } from './explanation';
export { sampleOf } from './sampleOf';
export { studyInForce } from './inForce';
export { recipeSentences, scheduleText } from './recipeText';
export { resolveAdversarial, type ResolvedAdversarial } from './recipes';
export { contradictions } from './contradictions';
export { resolveStudy } from './resolve';
export { variantsOf, writtenContradictions, type Variant } from './variants';
export { restoredStudyText } from './restore';
export { relativePathsOf } from './paths';
export { sameTraining, studyHash, wholeStudyHash } from './hash';
export { differencesOf, differencesText, settingDifferences, settingsOf, type SettingDifference } from './differences';
export { smallStudyText } from './examples/small';
export { sweepStudyText } from './examples/sweep';
export { defaultStudyText } from './examples/synthetic';
export { permutedStudyText } from './examples/permuted';
export { imagenetteStudyText, picturesStudyText, tinyImagenetStudyText } from './examples/folders';
export { publishedStudyText } from './examples/published';
export { studyText } from './text';
export { studyJsonSchemaText } from './jsonSchema';
export { checkJson, type Checked } from './checkJson';
export { contradictionProblems } from './contradictionProblems';
export { batchProblem, pointOf, type BatchSizes } from './checks/batchCheck';
export type { Remark, RemarkCode } from './checks/check';
export { checkTraining } from './checks/checkTraining';
export { examineStudy, type Examination, type ReadText } from './checks/examine';
export { studiesIn } from './checks/studiesIn';
export { refuseUntrainable } from './checks/refuse';
export { inputError, readTextFile } from './readText';

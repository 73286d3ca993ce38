export type { Claims } from './claims';
export {
  differsFromClaim,
  hasClaims,
  importedAccuracies,
  measuredMetrics,
  percentRight,
  type CheckpointAccuracy,
  type MeasuredAccuracy,
} from './accuracies';
export { storeMeasured, runNumbers, withMeasured, type RunNumbers } from './numbers';
export { accuracyText, accuracyWarnings, importNotes, measuredAndClaimedText } from './text';

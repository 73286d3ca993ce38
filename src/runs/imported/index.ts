export { claimsAnything, NO_CLAIMS, type Claims } from './claims';
export {
  accuracyOf,
  differsFromClaim,
  hasClaims,
  importedAccuracies,
  measuredMetrics,
  percentRight,
  type CheckpointAccuracy,
  type MeasuredAccuracy,
} from './accuracies';
export { keepMeasured, runNumbers, withMeasured, type RunNumbers } from './numbers';
export { accuracyText, accuracyWarnings, importNotes, measuredAndClaimedText, percentText } from './text';

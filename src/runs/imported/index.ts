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
export { accuracyText, accuracyWarnings, importNotes, measuredAndClaimedText, percentText } from './text';

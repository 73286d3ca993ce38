/** Epochs to keep. */
export { bestEpoch, keepRuleOf, parseKeepRule, type KeepRule } from './rule';
export { dropUnkept, planPrune, pruneRun, type PrunePlan } from './prune';

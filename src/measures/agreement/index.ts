export { coarserSize, compareMethods, type MapAgreement } from './compare';
export { everyPair, summariseAgreement } from './summary';
export { AGREEMENT_RULE, agreementTexts, methodTitle, pairName } from './text';

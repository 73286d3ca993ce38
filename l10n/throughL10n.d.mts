import type { Rule } from 'eslint';

export declare const throughL10n: Rule.RuleModule;

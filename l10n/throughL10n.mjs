/**
 * The lint rule `l10n/through`: a text that a person reads goes through `l10n.t`, as one whole literal sentence,
 * and not before the language is loaded.
 */

/** Attributes and properties that people read. */
const READ = new Set(
  `label title placeholder placeHolder description detail documentation tooltip prompt message text alt summary
  openLabel saveLabel textContent innerText heading hint validationMessage ariaLabel
  aria-label aria-description aria-valuetext aria-roledescription`.split(/\s+/),
);
/** Attributes and properties that nobody reads, whatever they say. */
const UNREAD = new Set(
  `class className contextValue stack style d points transform viewBox sandbox allow when selector font`.split(' '),
);
/** What shows its text arguments to a person. */
const SHOWS = /^(show\w+(Message|Pick|Box)|setStatusBarMessage|announce|emptyState)$/;
const SHOWN_CLASSES =
  /^(WorkError|InputError|TreeItem|MarkdownString|ThemeText|CodeAction|Diagnostic|Hover|TestMessage)$/;
/** What takes selectors and markup. */
const TAKES_CODE = /^(closest|match(es|Media)|onPageKey|querySelector(All)?|createElement(NS)?|asWebviewUri)$/;
/** Defects and log lines are for developers, in English. */
const FOR_DEVELOPERS =
  /^(Error|TypeError|RangeError|log|warn|info|debug|trace|error|onWarning|console|logger|appendLine)$/;

const LETTER = /\p{L}/u;
/** "Save", "1 image", "of 8 images" */
const READS_LIKE_TEXT = /\p{Lu}|\p{L}{2,}[ ,.:…]|\s\p{L}{2,}/u;
const PROSE = /\p{L}{2,}[,:;]? \p{Ll}{2,}/u;
/** Markup, JSON, scripts, selectors, policies. */
const CODE = /[<{}=]|\[\w+\]|\bdata:/;
const FUNCTIONS = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|PropertyDefinition)$/;

/** Names that are the same in every language. */
const NAMES = /^(EpochLens|Grad-CAM(\+\+)?|CIFAR-10(0)?|ImageNet|PyTorch|timm|PNG|CSV|JSON)$/;

function nameOf(node) {
  if (node.type === 'MemberExpression') return nameOf(node.property);
  if (node.type === 'JSXNamespacedName') return `${node.namespace.name}:${node.name.name}`;
  return node.name ?? node.value;
}

function isTranslation(node) {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    nameOf(node.callee) === 't' &&
    nameOf(node.callee.object) === 'l10n'
  );
}

/** The nodes around a node, the nearest first. */
function* around(node) {
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) yield { parent, child };
}

/** Whether a text at this place is read, unread, or neither can be told. */
function roleOf(node) {
  for (const { parent, child } of around(node)) {
    switch (parent.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
      case 'ImportExpression':
      case 'TSLiteralType':
      case 'TSEnumMember':
        return 'unread';
      case 'BinaryExpression':
        if (parent.operator !== '+') return 'unread';
        break;
      case 'SwitchCase':
        return parent.test === child ? 'unread' : undefined;
      case 'MemberExpression':
        return parent.property === child ? 'unread' : undefined;
      case 'JSXElement':
      case 'JSXFragment':
        return 'read';
      case 'JSXAttribute':
        return roleOfName(nameOf(parent.name));
      case 'Property':
        if (parent.key === child || isTranslation(parent.parent.parent)) return 'unread';
        return roleOfName(nameOf(parent.key));
      case 'AssignmentExpression':
        return parent.right === child ? roleOfName(nameOf(parent.left)) : undefined;
      case 'NewExpression':
      case 'CallExpression':
        return roleOfCall(parent, child);
      case 'ConditionalExpression':
        if (parent.test === child) return undefined;
        break;
      case 'LogicalExpression':
      case 'TemplateLiteral':
      case 'JSXExpressionContainer':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

function roleOfName(name) {
  return READ.has(name) ? 'read' : UNREAD.has(name) ? 'unread' : undefined;
}

function roleOfCall(call, child) {
  if (child === call.callee) return undefined;
  if (isTranslation(call)) return call.arguments[0] === child ? 'unread' : undefined;
  const name = nameOf(call.callee);
  const of = call.callee.type === 'MemberExpression' ? nameOf(call.callee.object) : undefined;
  if (FOR_DEVELOPERS.test(name) || FOR_DEVELOPERS.test(of) || TAKES_CODE.test(name)) return 'unread';
  return SHOWS.test(name) || SHOWN_CLASSES.test(name) ? 'read' : undefined;
}

/** Also inside what is passed to a call that is for developers. */
function isForDevelopers(node) {
  return [...around(node)].some(
    ({ parent, child }) =>
      (parent.type === 'NewExpression' || parent.type === 'CallExpression') && roleOfCall(parent, child) === 'unread',
  );
}

function isShownText(text, node) {
  if (!LETTER.test(text) || NAMES.test(text.trim()) || CODE.test(text)) return false;
  const role = roleOf(node);
  if (role === 'unread') return false;
  if (role === 'read') return READS_LIKE_TEXT.test(text);
  return PROSE.test(text) && !isForDevelopers(node);
}

export const throughL10n = {
  create(context) {
    const report = (node, message) => context.report({ node, message });
    const check = (text, node) => {
      if (typeof text === 'string' && isShownText(text, node))
        report(node, `A person reads “${text.trim().slice(0, 60)}”: it goes through l10n.t.`);
    };
    return {
      Literal: (node) => check(node.value, node),
      TemplateElement: (node) => check(node.value.cooked, node.parent),
      JSXText: (node) => LETTER.test(node.value) && check(`${node.value.trim()} `, node),
      CallExpression(node) {
        if (!isTranslation(node)) return;
        const [first, ...values] = node.arguments;
        const message =
          first?.type === 'ObjectExpression'
            ? first.properties.find(({ key }) => nameOf(key) === 'message')?.value
            : first;
        const text = message?.type === 'TemplateLiteral' && message.quasis.length === 1 ? undefined : message?.value;
        if (typeof text !== 'string') return report(node, 'A text is one literal, so that it can be collected.');
        if (![...around(node)].some(({ parent }) => FUNCTIONS.test(parent.type)))
          report(node, 'A text is asked for in a function: the language is not loaded before.');
        const places = new Set(text.match(/\{\d+\}/g));
        if (
          first === message &&
          places.size !== values.length &&
          !/\{[a-z]/i.test(text) &&
          values.every(({ type }) => type !== 'SpreadElement')
        )
          report(node, `The text has ${places.size} places, and ${values.length} values are given.`);
      },
    };
  },
};

/** What the page may do: show what is in it. It fetches nothing, and runs no script but its own. */
import { createHash } from 'node:crypto';
import { html, trusted, type Markup } from './markup';

/** A style sheet and a script of ours, as they stand in the page. */
export interface Inline {
  readonly style: string;
  readonly script: string;
}

/**
 * A content security policy that takes the style sheet and the script by their hashes. Attributes of style are allowed:
 * the charts' texts have them, and they run nothing.
 */
export function policyMeta({ style, script }: Inline): Markup {
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src '${hashOf(style)}'`,
    "style-src-attr 'unsafe-inline'",
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
}

/** The hash is of every character between the tags. */
export function styleElement({ style }: Inline): Markup {
  return trusted(`<style>${style}</style>`);
}

export function scriptElement({ script }: Inline): Markup {
  return trusted(`<script>${script}</script>`);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

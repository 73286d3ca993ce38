/** A text, or one with a comment for translators. */
export type Text = string | { readonly message: string };
export type Texts = Readonly<Record<string, Text>>;

export declare const FILES: { readonly bundle: string; readonly manifest: string };
export declare function readTexts(root: string, file: string): Texts;
export declare function translationOf(file: string, language: string): string;
export declare function languagesOf(root: string): string[];
export declare function keysOfManifest(root: string): string[];
export declare function messageOf(text: Text): string;
export declare function compareTexts(
  english: Texts,
  translated: Texts,
): {
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
  readonly wrong: readonly { readonly key: string; readonly reason: string }[];
};

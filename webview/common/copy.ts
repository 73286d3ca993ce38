/** Puts a picture on the clipboard, from the browser: VS Code itself only takes text. */
export async function copyPicture(picture: Promise<Blob>): Promise<void> {
  try {
    // Given as a promise, so that the press of the key is still fresh when the clipboard is asked.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  } catch (error) {
    await picture;
    const why = error instanceof Error ? ` (${error.message})` : '';
    throw new Error(
      `The clipboard did not take the picture${why}. Click into the panel and copy again, or export it as PNG.`,
    );
  }
}

/** Copies a picture to the clipboard from the browser, because VS Code's API copies only text. */
export async function copyPicture(picture: Promise<Blob>): Promise<void> {
  try {
    // The picture is a promise, so that the clipboard is asked while the key press still counts as a user gesture.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  } catch (error) {
    await picture;
    const why = error instanceof Error ? ` (${error.message})` : '';
    throw new Error(
      `The clipboard did not take the picture${why}. Click into the panel and copy again, or export it as PNG.`,
    );
  }
}

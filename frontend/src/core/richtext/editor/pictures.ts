import type { Editor } from "@tiptap/react";

/** Pictures that are pasted, dropped or chosen: shown at once, sent to the card, then named by their address. */

const isPicture = (file: File): boolean => /^image\/(png|jpeg|gif|webp)$/.test(file.type);

export function split(files: Iterable<File>): { pictures: File[]; others: File[] } {
  const all = [...files];
  return { pictures: all.filter(isPicture), others: all.filter((file) => !isPicture(file)) };
}

/** A copied piece of a page or of a document also carries its portrait; its words are worth more. */
export function filesOf(data: DataTransfer | null): File[] {
  if (!data || data.getData("text/plain").trim()) return [];
  return [...data.files];
}

function replaceSource(editor: Editor, from: string, to: string | null): void {
  if (editor.isDestroyed) return;
  const { tr } = editor.state;
  editor.state.doc.descendants((node, position) => {
    if (node.type.name !== "image" || node.attrs.src !== from) return;
    const at = tr.mapping.map(position);
    if (to) tr.setNodeMarkup(at, undefined, { ...node.attrs, src: to });
    else tr.delete(at, at + node.nodeSize);
  });
  // Taking the change back must not bring the temporary address.
  editor.view.dispatch(tr.setMeta("addToHistory", false));
}

/** Put a picture where the caret or the pointer is; resolves when it stands under its own address. */
export async function putPicture(
  editor: Editor,
  file: File,
  send: (file: File) => Promise<string>,
  at?: number,
): Promise<void> {
  const temporary = URL.createObjectURL(file);
  const node = { type: "image", attrs: { src: temporary, alt: file.name } };
  editor
    .chain()
    .insertContentAt(at ?? editor.state.selection.to, node)
    .run();
  try {
    replaceSource(editor, temporary, await send(file));
  } catch (error) {
    replaceSource(editor, temporary, null);
    throw error;
  } finally {
    URL.revokeObjectURL(temporary);
  }
}

import { EditorContent, type Editor as TipTap, useEditor } from "@tiptap/react";
import type { SuggestionKeyDownProps, SuggestionProps } from "@tiptap/suggestion";
import { type FocusEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import { complain } from "../../../ui/toast";
import "../richtext.css";
import "../words";
import { MentionList, type MentionListHandle } from "./MentionList";
import { marks } from "./marks";
import { filesOf, putPicture, split } from "./pictures";
import { Toolbar } from "./Toolbar";

export interface EditorProps {
  label: string;
  html: string;
  placeholder?: string | undefined;
  at?: { left: number; top: number } | undefined;
  /** What was being typed when the page was closed: a change already. */
  restored?: boolean | undefined;
  /** Send a picture to the card; its address. Absent: pictures are not taken. */
  picture?: ((file: File) => Promise<string>) | undefined;
  /** Files that are no pictures go beside the text. */
  others?: ((files: File[]) => void) | undefined;
  onType: (html: string) => void;
  /** The text when it is left, null when nothing has changed or the change was taken back. */
  onDone: (html: string | null) => void;
}

const KEEP_EVERY_MS = 400;
const textOf = (editor: TipTap): string => (editor.isEmpty ? "" : editor.getHTML());

/** The editor itself, downloaded when somebody begins to write. */
export function Editor(props: EditorProps) {
  const { t } = useTranslation("richtext");
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<MentionListHandle>(null);
  const [mention, setMention] = useState<SuggestionProps | null>(null);
  const [sending, setSending] = useState(0);
  const work = useRef<{ first: string | null; moving: Promise<unknown>[]; done: boolean }>({
    first: "",
    moving: [],
    done: false,
  }).current;
  const told = useRef(props);
  told.current = props;

  const finish = async (keeps: boolean) => {
    if (work.done || !editor) return;
    work.done = true;
    await Promise.allSettled(work.moving);
    const html = textOf(editor);
    told.current.onDone(keeps && html !== work.first ? html : null);
  };

  const take = (files: File[], at?: number): boolean => {
    const { picture, others } = told.current;
    if (!editor || files.length === 0) return false;
    const sorted = split(files);
    if (sorted.others.length > 0) others?.(sorted.others);
    for (const file of picture ? sorted.pictures : []) {
      setSending((count) => count + 1);
      const going = putPicture(editor, file, picture as NonNullable<typeof picture>, at)
        .catch((error: unknown) => complain(t("pictureFailed", { reason: sentenceOf(error) })))
        .finally(() => setSending((count) => count - 1));
      work.moving.push(going);
    }
    return true;
  };

  const suggestion = {
    char: "@",
    items: () => [],
    render: () => ({
      onStart: setMention,
      onUpdate: setMention,
      onKeyDown: ({ event }: SuggestionKeyDownProps) => list.current?.press(event) ?? false,
      onExit: () => setMention(null),
    }),
  };

  const editor = useEditor({
    extensions: marks(props.placeholder ?? "", suggestion),
    content: props.html,
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        class: "rt",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": props.label,
      },
      handleKeyDown: (_view, event) => {
        const saves = event.key === "Enter" && (event.ctrlKey || event.metaKey);
        // With colleagues on offer Esc only puts them away.
        if (!saves && (event.key !== "Escape" || list.current)) return false;
        event.preventDefault();
        event.stopPropagation();
        void finish(saves);
        return true;
      },
      handlePaste: (_view, event) => take(filesOf(event.clipboardData)),
      handleDrop: (view, event) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length === 0) return false;
        event.preventDefault();
        event.stopPropagation();
        return take(files, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos);
      },
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the editor stands.
  useEffect(() => {
    // A slow first drawing makes the library throw its editor away and come again with another.
    if (editor.isDestroyed) return;
    work.first = props.restored ? null : textOf(editor);
    const place = props.at && editor.view.posAtCoords(props.at)?.pos;
    editor.commands.focus(place ?? "end");
    let timer = 0;
    const keep = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(
        () => !work.done && told.current.onType(textOf(editor)),
        KEEP_EVERY_MS,
      );
    };
    editor.on("update", keep);
    return () => {
      window.clearTimeout(timer);
      editor.off("update", keep);
    };
  }, [editor]);

  const leave = (event: FocusEvent) => {
    const to = event.relatedTarget as Element | null;
    if (box.current?.contains(to) || to?.closest(".pop, .mention-pop, .scrim")) return;
    // A window that is switched away takes the focus from nobody.
    window.setTimeout(() => {
      const now = document.activeElement;
      if (box.current?.contains(now) || now?.closest(".pop, .scrim")) return;
      void finish(true);
    });
  };

  return (
    <section className="rt-box rt-edits" aria-label={props.label} ref={box} onBlur={leave}>
      <EditorContent editor={editor} data-testid="rich-editor" />
      <Toolbar
        editor={editor}
        sending={sending > 0}
        onPictures={props.picture && ((files) => void take(files))}
        onSave={() => void finish(true)}
        onCancel={() => void finish(false)}
      />
      {mention && <MentionList ref={list} asked={mention} />}
    </section>
  );
}

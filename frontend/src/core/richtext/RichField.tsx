import type { MouseEvent } from "react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button";
import { memory } from "../../ui/store";
import { Numbered } from "../numbers/Numbered";
import { brought } from "../session/parts";
import type { EditorProps } from "./editor/Editor";
import { htmlToReact, wordsOfHtml } from "./html";
import "./richtext.css";
import "./words";

const loadEditor = brought(() => import("./editor/Editor"));
const Editor = lazy(() => loadEditor().then(({ Editor }) => ({ default: Editor })));

interface RichFieldProps extends Pick<EditorProps, "picture" | "others"> {
  label: string;
  html: string;
  placeholder?: string;
  readOnly?: boolean;
  /** Under this name what is being typed outlives a closed page. */
  draftKey: string;
  /** The kind of card whose numbers are written without their letters. */
  near: string;
  onPicture?: (id: number) => void;
  /** `seen` are the words as they stood when the editing began. */
  onSave: (html: string, seen: string) => void;
  "data-testid"?: string;
}

interface Editing {
  html: string;
  seen: string;
  /** Where it was pressed, so that the caret stands there. */
  at?: { left: number; top: number };
  restored?: boolean;
}

function kept(key: string): Editing | null {
  const raw = memory.read(key);
  return raw ? { ...(JSON.parse(raw) as Editing), restored: true } : null;
}

/** Formatted text that is edited where it stands and saved when it is left; Esc takes the change back. */
export function RichField(props: RichFieldProps) {
  const { html, label, draftKey, readOnly, onSave } = props;
  const { t } = useTranslation("richtext");
  const [editing, setEditing] = useState<Editing | null>(() => (readOnly ? null : kept(draftKey)));

  const begin = (at?: Editing["at"]) => {
    setEditing({ html, seen: wordsOfHtml(html), ...(at ? { at } : {}) });
  };
  const press = (event: MouseEvent) => {
    const busy =
      (event.target as Element).closest("a, button") || `${window.getSelection()}` !== "";
    if (!readOnly && !busy) begin({ left: event.clientX, top: event.clientY });
  };
  const close = () => {
    memory.write(draftKey, null);
    setEditing(null);
  };

  const shown = (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard has the button beside it.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has the button beside it.
    <div
      className={`rt ${readOnly ? "" : "rt-open"}`}
      onClick={press}
      onPointerEnter={() => !readOnly && void loadEditor()}
      data-testid={props["data-testid"]}
    >
      {html ? (
        htmlToReact(html, {
          onPicture: props.onPicture,
          pictureLabel: (name) => t("openPicture", { name }),
          words: (text, key) => <Numbered key={key} text={text} near={props.near} />,
        })
      ) : (
        <p className="rt-hint">{props.placeholder}</p>
      )}
    </div>
  );
  if (!editing) {
    return (
      <section className="rt-box" aria-label={label}>
        {shown}
        {!readOnly && (
          <IconButton
            icon="pencil"
            small
            className="rt-edit"
            label={t("edit", { label: label.toLowerCase() })}
            onClick={() => begin()}
            data-testid="rich-edit"
          />
        )}
      </section>
    );
  }
  return (
    <Suspense fallback={<section className="rt-box">{shown}</section>}>
      <Editor
        label={label}
        html={editing.html}
        at={editing.at}
        restored={editing.restored}
        placeholder={props.placeholder}
        picture={props.picture}
        others={props.others}
        onType={(next) =>
          memory.write(draftKey, JSON.stringify({ html: next, seen: editing.seen }))
        }
        onDone={(next) => {
          close();
          if (next !== null) onSave(next, editing.seen);
        }}
      />
    </Suspense>
  );
}

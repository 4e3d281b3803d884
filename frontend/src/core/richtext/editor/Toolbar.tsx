import { type Editor, useEditorState } from "@tiptap/react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../../ui/button";
import { Icon, type IconName } from "../../../ui/icon";
import { LinkButton } from "./LinkButton";

interface ToolbarProps {
  editor: Editor;
  sending: boolean;
  onPictures?: ((files: File[]) => void) | undefined;
  onSave: () => void;
  onCancel: () => void;
}

interface Tool {
  mark: string;
  icon: IconName;
  keys: string;
  name:
    | "bold"
    | "italic"
    | "strike"
    | "code"
    | "heading"
    | "bulletList"
    | "orderedList"
    | "quote"
    | "codeBlock";
  run: (editor: Editor) => void;
}

const TOOLS: Tool[] = [
  {
    mark: "bold",
    icon: "bold",
    name: "bold",
    keys: "Ctrl+B",
    run: (e) => e.chain().focus().toggleBold().run(),
  },
  {
    mark: "italic",
    icon: "italic",
    name: "italic",
    keys: "Ctrl+I",
    run: (e) => e.chain().focus().toggleItalic().run(),
  },
  {
    mark: "strike",
    icon: "strikethrough",
    name: "strike",
    keys: "Ctrl+Shift+S",
    run: (e) => e.chain().focus().toggleStrike().run(),
  },
  {
    mark: "heading",
    icon: "heading",
    name: "heading",
    keys: "##",
    run: (e) => e.chain().focus().toggleHeading({ level: 2 }).run(),
  },
  {
    mark: "bulletList",
    icon: "list",
    name: "bulletList",
    keys: "-",
    run: (e) => e.chain().focus().toggleBulletList().run(),
  },
  {
    mark: "orderedList",
    icon: "list-ordered",
    name: "orderedList",
    keys: "1.",
    run: (e) => e.chain().focus().toggleOrderedList().run(),
  },
  {
    mark: "blockquote",
    icon: "quote",
    name: "quote",
    keys: ">",
    run: (e) => e.chain().focus().toggleBlockquote().run(),
  },
  {
    mark: "code",
    icon: "code",
    name: "code",
    keys: "Ctrl+E",
    run: (e) => e.chain().focus().toggleCode().run(),
  },
  {
    mark: "codeBlock",
    icon: "square-code",
    name: "codeBlock",
    keys: "```",
    run: (e) => e.chain().focus().toggleCodeBlock().run(),
  },
];

/** The marks as buttons under the text; each says its key. */
export function Toolbar({ editor, sending, onPictures, onSave, onCancel }: ToolbarProps) {
  const { t } = useTranslation("richtext");
  const { t: ui } = useTranslation("ui");
  const file = useRef<HTMLInputElement>(null);
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => TOOLS.map((tool) => now.isActive(tool.mark)),
  });

  return (
    <div className="rt-tools">
      <div className="rt-marks" role="toolbar" aria-label={t("tools")}>
        {TOOLS.map((tool, index) => (
          <IconButton
            key={tool.mark}
            icon={tool.icon}
            label={t(tool.name)}
            title={`${t(tool.name)} · ${tool.keys}`}
            small
            on={on[index] ?? false}
            aria-pressed={on[index] ?? false}
            // The caret stays where it is.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => tool.run(editor)}
            data-testid={`rich-${tool.name}`}
          />
        ))}
        <LinkButton editor={editor} />
        <IconButton
          icon="at-sign"
          label={t("mention")}
          small
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => editor.chain().focus().insertContent(" @").run()}
        />
        {onPictures && (
          <>
            <IconButton
              icon="image"
              label={t("picture")}
              small
              onClick={() => file.current?.click()}
            />
            <input
              ref={file}
              type="file"
              accept="image/png,image/jpeg,image/gif,image/webp"
              multiple
              className="vh"
              tabIndex={-1}
              aria-label={t("picture")}
              onChange={(event) => {
                onPictures([...(event.target.files ?? [])]);
                event.target.value = "";
              }}
              data-testid="rich-picture"
            />
          </>
        )}
      </div>
      <div className="rt-ends">
        {sending && (
          <span className="row f12 t3" role="status">
            <Icon name="loader" size={14} className="spin" />
            {t("sending")}
          </span>
        )}
        <Button look="quiet" size="sm" onClick={onCancel}>
          {ui("cancel")}
        </Button>
        <Button look="primary" size="sm" title={t("keys")} onClick={onSave} data-testid="rich-save">
          {ui("save")}
        </Button>
      </div>
    </div>
  );
}

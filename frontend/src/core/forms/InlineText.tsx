import type { KeyboardEvent } from "react";
import { useLayoutEffect, useRef, useState } from "react";
import "./forms.css";

interface InlineTextProps {
  label: string;
  value: string;
  placeholder?: string;
  readOnly?: boolean;
  /** One line of thought: Enter saves. Many lines: Enter breaks the line, Ctrl+Enter saves. */
  oneLine?: boolean;
  required?: boolean;
  className?: string;
  /** `seen` is the text as it stood when the editing began. */
  onSave: (text: string, seen: string) => void;
  "data-testid"?: string;
}

/** Text that is edited where it stands and saved when it is left; Esc takes the change back. */
export function InlineText(props: InlineTextProps) {
  const { value, onSave, oneLine, required } = props;
  /** What is being typed; null while nobody types, and then the card itself is shown. */
  const [draft, setDraft] = useState<string | null>(null);
  /** The text as it stood when the editing began. */
  const seen = useRef(value);
  const box = useRef<HTMLTextAreaElement>(null);
  const text = draft ?? value;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  const finish = () => {
    setDraft(null);
    const next = oneLine ? text.replace(/\s+/g, " ").trim() : text.trim();
    if (draft === null || next === seen.current || (required && !next)) return;
    onSave(next, seen.current);
  };

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const saves = event.key === "Enter" && (oneLine || event.ctrlKey || event.metaKey);
    if (saves) {
      event.preventDefault();
      event.currentTarget.blur();
    }
    if (event.key !== "Escape") return;
    event.stopPropagation();
    const element = event.currentTarget;
    setDraft(null);
    // The blur must see no draft, or it would save what was just taken back.
    window.setTimeout(() => element.blur());
  };

  return (
    <textarea
      ref={box}
      rows={1}
      className={`inline-text ${props.className ?? ""}`}
      aria-label={props.label}
      placeholder={props.placeholder}
      readOnly={props.readOnly}
      value={text}
      onChange={(event) => {
        if (draft === null) seen.current = value;
        setDraft(event.target.value);
      }}
      onBlur={finish}
      onKeyDown={press}
      data-testid={props["data-testid"]}
    />
  );
}

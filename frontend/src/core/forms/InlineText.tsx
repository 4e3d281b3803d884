import type { KeyboardEvent } from "react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
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
  onSave: (text: string) => void;
  "data-testid"?: string;
}

/** Text that is edited where it stands and saved when it is left; Esc takes the change back. */
export function InlineText(props: InlineTextProps) {
  const { value, onSave, oneLine, required } = props;
  const [text, setText] = useState(value);
  const box = useRef<HTMLTextAreaElement>(null);
  const editing = useRef(false);

  useEffect(() => {
    if (!editing.current) setText(value);
  }, [value]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  const finish = () => {
    editing.current = false;
    const next = oneLine ? text.replace(/\s+/g, " ").trim() : text.trim();
    if (required && !next) setText(value);
    else if (next !== value) onSave(next);
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
    editing.current = false;
    setText(value);
    // The blur must see the old text, or it would save what was just taken back.
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
      onFocus={() => {
        editing.current = !props.readOnly;
      }}
      onChange={(event) => setText(event.target.value)}
      onBlur={finish}
      onKeyDown={press}
      data-testid={props["data-testid"]}
    />
  );
}

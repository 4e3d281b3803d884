import type { ClipboardEvent, KeyboardEvent, Ref } from "react";
import { useId, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { Face } from "../../ui/marks";
import { useAwaited } from "../people/awaiting";
import { rememberPerson, usePeople } from "../people/people";
import type { Draft } from "./draft";
import { mentionAt, mentionText } from "./mentions";
import "./words";

export interface MentionBoxHandle {
  focus: () => void;
  startMention: () => void;
}

interface MentionBoxProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  onSend: () => void;
  onCancel?: () => void;
  onPaste?: (event: ClipboardEvent) => void;
  handle?: Ref<MentionBoxHandle>;
  "data-testid"?: string;
}

const MOST = 6;

/** A growing text field that offers colleagues after «@». */
export function MentionBox(props: MentionBoxProps) {
  const { draft, onChange } = props;
  const { t } = useTranslation("comments");
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  /** Where the caret goes as the text is put; a frame later the next letter would have been typed elsewhere. */
  const wanted = useRef<number | null>(null);
  /** The place after a space that nobody has typed. */
  const spaced = useRef<number | null>(null);
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const asked = mentionAt(draft.text, caret);
  const { people, fresh } = usePeople(asked?.search ?? "", asked !== null);
  const offered = asked ? people.slice(0, MOST) : [];
  const here = Math.min(at, offered.length - 1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, 200)}px`;
    if (wanted.current === null) return;
    element.focus();
    element.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  }, [draft.text]);

  const put = (text: string, position: number, picked = draft.picked) => {
    wanted.current = position;
    onChange({ text, picked });
    setCaret(position);
    setAt(0);
  };

  useImperativeHandle(props.handle, () => ({
    focus: () => box.current?.focus(),
    startMention: () => {
      const position = box.current?.selectionStart ?? draft.text.length;
      const before = draft.text.slice(0, position);
      const glue = before === "" || /\s$/.test(before) ? "@" : " @";
      put(before + glue + draft.text.slice(position), position + glue.length);
    },
  }));

  const pick = (person: Person | undefined) => {
    if (!asked || !person) return;
    rememberPerson(person);
    const name = `${mentionText(person)} `;
    const text = draft.text.slice(0, asked.start) + name + draft.text.slice(caret).trimStart();
    const others = draft.picked.filter((one) => one.id !== person.id);
    spaced.current = asked.start + name.length;
    put(text, spaced.current, [...others, person]);
  };
  const letters = asked ? `${asked.start} ${asked.search}` : "";
  const awaited = useAwaited(letters, fresh, () => pick(offered[0]));

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart: from, selectionEnd: to } = event.currentTarget;
    if (event.key === " " && from === to && from === spaced.current) event.preventDefault();
    spaced.current = null;
    const takes = event.key === "Enter" || event.key === "Tab";
    if (takes && asked?.search && offered.length === 0 && !fresh) {
      awaited.wait();
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (offered.length > 0) {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step !== 0) setAt((here + step + offered.length) % offered.length);
      if (takes) pick(offered[here]);
      if (event.key === "Escape") setCaret(-1);
      if (step !== 0 || takes || event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
    }
    if (event.key === "Escape" && props.onCancel) {
      event.stopPropagation();
      props.onCancel();
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    props.onSend();
  };

  return (
    <div className="mention-box">
      {offered.length > 0 && (
        <div className="mention-list" role="listbox" id={id} aria-label={t("mention")}>
          {offered.map((person, index) => (
            <div
              key={person.id}
              id={`${id}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === here}
              className={index === here ? "pop-i on" : "pop-i"}
              onPointerDown={(event) => {
                event.preventDefault();
                pick(person);
              }}
            >
              <Face id={person.id} initials={person.initials} photo={person.photo_url} size="m" />
              <span className="el">{person.full_name}</span>
            </div>
          ))}
        </div>
      )}
      <textarea
        ref={box}
        rows={1}
        role="combobox"
        aria-label={t("label")}
        aria-autocomplete="list"
        aria-controls={id}
        aria-expanded={offered.length > 0}
        aria-activedescendant={offered[here] ? `${id}-${offered[here].id}` : undefined}
        placeholder={t("placeholder")}
        value={draft.text}
        data-testid={props["data-testid"]}
        onChange={(event) => {
          onChange({ ...draft, text: event.target.value });
          setCaret(event.target.selectionStart);
          setAt(0);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={press}
        onPaste={props.onPaste}
      />
    </div>
  );
}

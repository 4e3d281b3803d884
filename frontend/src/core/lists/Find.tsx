import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { useSettled } from "../people/people";
import "./words";

interface FindProps {
  value: string | undefined;
  onFind: (text: string | undefined) => void;
  findRef?: RefObject<HTMLInputElement | null>;
  /** What may be typed; a title or a number unless it is said. */
  title?: string;
}

/** The words by which a list is narrowed; they go into the address when the hand rests. */
export function Find({ value, onFind, findRef, title }: FindProps) {
  const { t } = useTranslation("lists");
  const [text, setText] = useState(value ?? "");
  const settled = useSettled(text.trim(), 250);
  const sent = useRef(value ?? "");

  useEffect(() => {
    if (settled === sent.current) return;
    sent.current = settled;
    onFind(settled || undefined);
  }, [settled, onFind]);
  useEffect(() => {
    const outside = value ?? "";
    if (outside === sent.current) return;
    sent.current = outside;
    setText(outside);
  }, [value]);

  return (
    <label className="inp box">
      <Icon name="search" size={14} />
      <input
        ref={findRef}
        type="search"
        aria-label={title ?? t("search")}
        placeholder={title ?? t("search")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        data-testid="list-search"
      />
      <span className="kbd" aria-hidden>
        /
      </span>
    </label>
  );
}

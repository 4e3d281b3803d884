import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { useSettled } from "../people/people";
import "./lists.css";
import "./words";

interface FindBoxProps {
  /** What the address says is looked for. */
  value: string;
  /** Told once the typing has calmed down. */
  onFind: (text: string) => void;
  findRef: RefObject<HTMLInputElement | null>;
}

const CALM_MS = 250;

/** The words by which a list is narrowed. */
export function FindBox({ value, onFind, findRef }: FindBoxProps) {
  const { t } = useTranslation("lists");
  const [text, setText] = useState(value);
  const settled = useSettled(text.trim(), CALM_MS);
  const sent = useRef(value);
  const tell = useRef(onFind);
  tell.current = onFind;

  useEffect(() => {
    if (settled === sent.current) return;
    sent.current = settled;
    tell.current(settled);
  }, [settled]);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);

  return (
    <label className="inp box">
      <Icon name="search" size={14} />
      <input
        ref={findRef}
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
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

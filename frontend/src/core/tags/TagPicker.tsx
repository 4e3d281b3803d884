import type { KeyboardEvent } from "react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Tag } from "../../api/contract";
import { Icon } from "../../ui/icon";
import { Popover } from "../../ui/popover";
import { useFoundTags } from "./tags";
import "./words";

interface TagPickerProps {
  anchor: HTMLElement | null;
  chosen: Tag[];
  onPick: (tag: Tag) => void;
  onClose: () => void;
}

const plain = (text: string): string => text.trim().replace(/\s+/g, " ").toLowerCase();

/** Tags to put on and take off; what is typed and is not there yet is made by Enter. */
export function TagPicker({ anchor, chosen, onPick, onClose }: TagPickerProps) {
  const { t } = useTranslation("tags");
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const { data: known = [] } = useFoundTags(text);
  const fitting = known.filter((tag) => plain(tag.title).includes(plain(text)));
  const has = (tag: Tag) => chosen.some((one) => plain(one.title) === plain(tag.title));
  const isNew = plain(text) !== "" && !fitting.some((tag) => plain(tag.title) === plain(text));
  const fresh: Tag = { id: 0, title: text.trim().replace(/\s+/g, " "), color: "" };
  const all = isNew ? [...fitting, fresh] : fitting;
  const here = Math.min(at, all.length - 1);
  const pick = (tag: Tag | undefined) => {
    if (!tag) return;
    onPick(tag);
    setText("");
    setAt(0);
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((here + step + all.length) % Math.max(1, all.length));
    if (event.key === "Enter") pick(all[here]);
    if (step !== 0 || event.key === "Enter") event.preventDefault();
  };
  return (
    <Popover anchor={anchor} onClose={onClose} label={t("title")} width={280}>
      <div className="inp box tag-find">
        <Icon name="search" size={14} />
        <input
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={all.length > 0 ? `${id}-${here}` : undefined}
          aria-label={t("find")}
          placeholder={t("find")}
          maxLength={60}
          autoComplete="off"
          value={text}
          data-autofocus
          data-testid="tag-find"
          onChange={(event) => {
            setText(event.target.value.replaceAll(",", ""));
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div role="listbox" id={id} aria-label={t("title")} aria-multiselectable className="tag-list">
        {all.map((tag, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter work from the field.
          <div
            key={tag.id || "new"}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={has(tag)}
            className={index === here ? "pop-i on" : "pop-i"}
            onPointerMove={() => setAt(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(tag)}
            data-testid="tag-option"
          >
            {tag.id ? (
              <span className={`tag-mark c-${tag.color || "plain"}`}>{tag.title}</span>
            ) : (
              <span className="el">{t("make", { title: tag.title })}</span>
            )}
            <span className="grow" />
            {has(tag) && <Icon name="check" size={14} />}
          </div>
        ))}
        {all.length === 0 && <p className="hint tag-none">{t("none")}</p>}
      </div>
    </Popover>
  );
}

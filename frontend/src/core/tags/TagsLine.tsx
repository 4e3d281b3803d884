import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Tag } from "../../api/contract";
import { Icon } from "../../ui/icon";
import { toolState } from "../cards/ToolState";
import { TagPicker } from "./TagPicker";
import "./tags.css";
import { type Place, setTags, useCardTags } from "./tags";
import "./words";

/** The tags of any card, in one line; a card without tags shows only how to add one. */
export function TagsLine({ kind, id }: Place) {
  const { t } = useTranslation("tags");
  const place = { kind, id };
  const query = useCardTags(place);
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  if (toolState(query) !== "shown" || !query.data) return null;
  const { results: tags, can_edit: canEdit } = query.data;
  if (tags.length === 0 && !canEdit) return null;
  const without = (tag: Tag) => tags.filter((one) => one.title !== tag.title);
  const toggle = (tag: Tag) => {
    const has = tags.some((one) => one.title.toLowerCase() === tag.title.toLowerCase());
    void setTags(place, has ? without(tag) : [...tags, tag]);
  };
  return (
    <section className="tags-line" aria-label={t("title")} data-testid="tags">
      {tags.map((tag) => (
        <span key={tag.title} className={`tag-mark c-${tag.color || "plain"}`} data-testid="tag">
          <span className="el">{tag.title}</span>
          {canEdit && (
            <button
              type="button"
              aria-label={t("remove", { title: tag.title })}
              title={t("remove", { title: tag.title })}
              onClick={() => void setTags(place, without(tag))}
            >
              <Icon name="x" size={12} />
            </button>
          )}
        </span>
      ))}
      {canEdit && (
        <button
          ref={opener}
          type="button"
          className="add"
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-testid="tag-add"
        >
          <Icon name="plus" size={14} />
          {t("add")}
        </button>
      )}
      {open && (
        <TagPicker
          anchor={opener.current}
          chosen={tags}
          onPick={toggle}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}

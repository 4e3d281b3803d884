import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page, Tag } from "../../api/contract";
import { get } from "../../api/request";
import { Icon } from "../../ui/icon";
import { useFoundTags } from "../tags/tags";
import type { Address } from "./address";
import "./words";

const idsIn = (text: string | undefined): string[] => (text ?? "").split(",").filter(Boolean);

/** How the tags of a condition are called. */
export function useTagNames(text: string | undefined): string {
  const ids = idsIn(text);
  const tags = useQuery({
    queryKey: ["tags", "names"],
    enabled: ids.length > 0,
    queryFn: async ({ signal }) =>
      (await get<Page<Tag>>("tags/", { query: { limit: 200 }, signal })).results,
  });
  return ids
    .map((id) => tags.data?.find((tag) => String(tag.id) === id)?.title ?? `№ ${id}`)
    .join(", ");
}

interface TagConditionProps {
  value: string | undefined;
  onChange: (change: Address) => void;
}

/** Tags of the company to be ticked: cards that carry any of them are left. */
export function TagCondition({ value, onChange }: TagConditionProps) {
  const { t } = useTranslation("lists");
  const [text, setText] = useState("");
  const { data: found = [] } = useFoundTags(text);
  const ids = idsIn(value);
  const toggle = (id: string) => {
    const next = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
    onChange({ tag: next.length > 0 ? next.join(",") : undefined });
  };
  return (
    <>
      <div className="inp box tag-find">
        <Icon name="search" size={14} />
        <input
          aria-label={t("findTag")}
          placeholder={t("findTag")}
          value={text}
          data-autofocus
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {found.map((tag) => (
        <button
          key={tag.id}
          type="button"
          className="pop-i"
          aria-pressed={ids.includes(String(tag.id))}
          onClick={() => toggle(String(tag.id))}
          data-testid="tag-choice"
        >
          <span className={`tag-mark c-${tag.color || "plain"}`}>{tag.title}</span>
          <span className="grow" />
          {ids.includes(String(tag.id)) && <Icon name="check" size={14} />}
        </button>
      ))}
      {found.length === 0 && <p className="hint">{t("noTags")}</p>}
    </>
  );
}

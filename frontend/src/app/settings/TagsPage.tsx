import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page, Tag } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { del, get, patch } from "../../api/request";
import { cache } from "../../core/session/cache";
import { IconButton } from "../../ui/button";
import { Menu, type MenuItem } from "../../ui/menu";
import { Empty, Failed, Waiting } from "../../ui/state";
import { complain } from "../../ui/toast";
import { undoable } from "../../ui/undo";
import { TitleDialog } from "./people/TitleDialog";
import { ColorChoice } from "./tags/ColorChoice";
import { MergeDialog } from "./tags/MergeDialog";
import "../../core/tags/tags.css";
import "./settings.css";
import "./words";

const KEY = ["tags", "all"];

/** Every page of the company's words: there are a thousand of them at most. */
async function whole(): Promise<Tag[]> {
  const found: Tag[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query: Record<string, string | number> = { limit: 200 };
    if (cursor) query.cursor = cursor;
    const page: Page<Tag> = await get<Page<Tag>>("tags/", { query });
    found.push(...page.results);
    cursor = page.next;
  }
  return found;
}

/** The tags of the company: renamed, painted, merged when two mean the same. */
export function Screen() {
  const { t } = useTranslation("settings");
  const query = useQuery({ queryKey: KEY, queryFn: whole });
  const [naming, setNaming] = useState<Tag | null>(null);
  const [merging, setMerging] = useState<Tag | null>(null);
  const refresh = () => cache.invalidateQueries({ queryKey: ["tags"] });
  const tags = query.data ?? [];

  const paint = async (tag: Tag, color: Tag["color"]) => {
    try {
      await patch(`tags/${tag.id}/`, { color });
    } catch (error) {
      complain(sentenceOf(error));
    }
    await refresh();
  };
  const remove = (tag: Tag) => {
    cache.setQueryData<Tag[]>(KEY, (all) => all?.filter((one) => one.id !== tag.id));
    undoable(t("tagRemoved", { title: tag.title }), {
      commit: (leaving) => del(`tags/${tag.id}/`, { keepalive: leaving }).then(refresh),
      undo: refresh,
      failed: (error) => {
        complain(sentenceOf(error));
        void refresh();
      },
    });
  };
  const menu = (tag: Tag): MenuItem[] => [
    { key: "rename", title: t("tagRename"), icon: "pencil", run: () => setNaming(tag) },
    {
      key: "merge",
      title: t("tagMerge"),
      icon: "git-branch",
      disabled: tags.length < 2,
      run: () => setMerging(tag),
    },
    {
      key: "remove",
      title: t("tagRemove"),
      icon: "trash-2",
      danger: true,
      run: () => remove(tag),
    },
  ];

  return (
    <>
      <div className="set-h">
        <h2>{t("tags")}</h2>
      </div>
      {query.isPending && <Waiting />}
      {query.isError && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data && tags.length === 0 && (
        <Empty icon="at-sign" title={t("tagsNone")} text={t("tagsNoneText")} />
      )}
      <ul className="tag-rows">
        {tags.map((tag) => (
          <li key={tag.id} className="row tag-row" data-testid="tag-row">
            <span className={`tag-mark c-${tag.color || "plain"}`}>{tag.title}</span>
            <span className="grow" />
            <ColorChoice tag={tag} onChange={(color) => void paint(tag, color)} />
            <Menu
              label={t("tagMore", { title: tag.title })}
              items={menu(tag)}
              alignEnd
              trigger={(open) => (
                <IconButton
                  icon="ellipsis"
                  label={t("tagMore", { title: tag.title })}
                  small
                  {...open}
                />
              )}
            />
          </li>
        ))}
      </ul>
      {naming && (
        <TitleDialog
          title={t("tagRename")}
          label={t("tagTitle")}
          value={naming.title}
          onSave={async (title) => {
            await patch(`tags/${naming.id}/`, { title });
            await refresh();
          }}
          onClose={() => setNaming(null)}
        />
      )}
      {merging && <MergeDialog tag={merging} tags={tags} onClose={() => setMerging(null)} />}
    </>
  );
}

import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView, SavedViews } from "../../api/contract";
import { IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Menu, type MenuItem } from "../../ui/menu";
import { i18next } from "../../ui/texts";
import type { CardKind } from "../entities/kind";
import { useViewCounts, useViews } from "../groups/groups";
import { ViewDialog } from "./ViewDialog";
import { countView, openFirst, removeView, shiftView } from "./views";
import "./views.css";
import "./words";

interface ViewTabsProps {
  kind: CardKind;
  /** The view that is open; its conditions stand in the address. */
  open: SavedView | null;
  changed: boolean;
  onOpen: (view: SavedView) => void;
  /** The open view has been taken away. */
  onGone: () => void;
}

/** Views that people keep, behind the tabs of the list's own. */
export function ViewTabs({ kind, open, changed, onOpen, onGone }: ViewTabsProps) {
  const { t } = useTranslation("saved_views");
  const views = useViews(kind).data;
  const [editing, setEditing] = useState<SavedView | null>(null);
  const counts = useViewCounts(kind);
  const bar = useRef<HTMLElement>(null);
  // Opened by a link, a view may stand behind the edge of a narrow screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: its tab is drawn when the views have come.
  useEffect(() => {
    const tab = bar.current?.querySelector<HTMLElement>('[aria-current="true"]');
    tab?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [open?.id, views]);
  if (!views || views.results.length === 0) return null;
  return (
    <nav ref={bar} className="view-tabs" aria-label={t("views")}>
      {views.results.map((view) => {
        const isOpen = open?.id === view.id;
        return (
          <span key={view.id} className="view-tab">
            <button
              type="button"
              className="tab"
              aria-current={isOpen}
              title={view.is_mine ? undefined : t("shared", { name: view.owner.name })}
              onClick={() => onOpen(view)}
              data-testid="view-tab"
            >
              {view.audience !== "me" && <Icon name="users" size={14} />}
              <span className="el">{view.title}</span>
              {counts.has(view.id) && <em data-testid="view-count">{counts.get(view.id)}</em>}
              {isOpen && changed && (
                <span className="view-dot" role="img" aria-label={t("changed")} />
              )}
            </button>
            {isOpen && (
              <Menu
                label={t("menu", { title: view.title })}
                items={itemsOf(kind, view, views, { onEdit: () => setEditing(view), onGone })}
                width={220}
                trigger={(aria) => (
                  <IconButton
                    {...aria}
                    icon="chevron-down"
                    size={14}
                    small
                    label={t("menu", { title: view.title })}
                    data-testid="view-menu"
                  />
                )}
              />
            )}
          </span>
        );
      })}
      {editing && <ViewDialog kind={kind} view={editing} onClose={() => setEditing(null)} />}
    </nav>
  );
}

interface Deeds {
  onEdit: () => void;
  onGone: () => void;
}

type Word = "first" | "notFirst" | "count" | "countOff" | "rename" | "left" | "right" | "remove";

function itemsOf(kind: CardKind, view: SavedView, all: SavedViews, deeds: Deeds): MenuItem[] {
  const t = (name: Word) => i18next.t(`saved_views:${name}`);
  const isFirst = all.view === view.id;
  const isCounted = all.counted.includes(view.id);
  const first: MenuItem[] = [
    {
      key: "first",
      title: t(isFirst ? "notFirst" : "first"),
      icon: "house",
      run: () => void openFirst(kind, isFirst ? null : view.id),
    },
    {
      key: "count",
      title: t(isCounted ? "countOff" : "count"),
      icon: "eye",
      run: () => void countView(kind, view.id, !isCounted),
    },
  ];
  if (!view.can_edit) return first;
  const places: MenuItem[] = view.is_mine
    ? [
        {
          key: "left",
          title: t("left"),
          icon: "arrow-left",
          run: () => void shiftView(kind, view.id, -1),
        },
        {
          key: "right",
          title: t("right"),
          icon: "arrow-right",
          run: () => void shiftView(kind, view.id, 1),
        },
      ]
    : [];
  const remove = () => {
    deeds.onGone();
    removeView(kind, view);
  };
  return [
    ...first,
    { key: "edit", title: t("rename"), icon: "pencil", run: deeds.onEdit },
    ...places,
    {
      key: "remove",
      title: t("remove"),
      icon: "trash-2",
      danger: true,
      before: "line",
      run: remove,
    },
  ];
}

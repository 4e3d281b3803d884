import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardAction, CardBase, Person } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get, post } from "../../api/request";
import { ReasonDialog } from "../../core/cards/CardParts";
import { type CardKind, keys } from "../../core/entities/kind";
import { cache } from "../../core/session/session";
import { Button } from "../../ui/button";
import { countText, nearText } from "../../ui/format";
import { Icon, type IconName } from "../../ui/icon";
import { complain, say } from "../../ui/toast";
import { kindOfRef } from "../modules";
import "./words";

export interface HomeItem extends CardBase {
  assignee: Person | null;
  initiator: Person;
  due_at: string | null;
  is_overdue: boolean;
}

export interface Section {
  code: string;
  title: string;
  empty: string;
  items: HomeItem[];
  count: number;
}

const ICONS: Record<string, IconName> = {
  overdue: "clock",
  today: "circle-check-big",
  to_review: "eye",
  new_for_me: "bell",
};

/** Where «Показать все» leads: the same rows in the list. */
const LISTS: Record<string, string> = {
  overdue: "/tasks?tab=overdue",
  today: "/tasks?due=today",
  to_review: "/tasks?tab=given&status=in_review",
  new_for_me: "/tasks?status=new",
};

export function HomeSection({ section }: { section: Section }) {
  const { t } = useTranslation("home");
  const late = section.code === "overdue";
  return (
    <div className="home-sec" data-testid={`home-${section.code}`}>
      <div className="sec-h">
        <h2>{section.title}</h2>
        <span className={late ? "n red" : "n"}>{countText(section.count)}</span>
        <span className="grow" />
        {section.count > section.items.length && LISTS[section.code] && (
          <a className="f13" href={LISTS[section.code]}>
            {t("showAll")}
          </a>
        )}
      </div>
      <div className="pane">
        {section.items.map((item) => (
          <HomeRow
            key={item.ref}
            item={item}
            icon={ICONS[section.code] ?? "circle-check-big"}
            mine={section.code !== "to_review"}
          />
        ))}
      </div>
    </div>
  );
}

interface HomeRowProps {
  item: HomeItem;
  icon: IconName;
  /** I am the one who does it, so the other side is worth naming. */
  mine: boolean;
}

/** The verbs open to me now. The card itself says them, and is then at hand when it is opened. */
function useActions(kind: CardKind | null, id: number): CardAction[] {
  const card = useQuery({
    queryKey: kind ? keys.card(kind, id) : ["no-kind", id],
    enabled: kind !== null,
    queryFn: ({ signal }) => get<{ actions: CardAction[] }>(`${kind?.path}/${id}/`, { signal }),
  });
  return card.data?.actions ?? [];
}

function HomeRow({ item, icon, mine }: HomeRowProps) {
  const { t } = useTranslation("home");
  const [busy, setBusy] = useState<string | null>(null);
  const [asking, setAsking] = useState<CardAction | null>(null);
  const other = mine ? item.initiator : item.assignee;
  const kind = kindOfRef(item.ref);
  const actions = useActions(kind, item.id);
  const due = item.due_at ? nearText(item.due_at) : t("noDue");
  const offered = actions.filter((action) => action.kind !== "danger").slice(0, 2);

  const run = async (action: CardAction, text?: string) => {
    if (!kind) return;
    setBusy(action.code);
    try {
      await post(`${kind.path}/${item.id}/do/${action.code}/`, text ? { text } : {});
      say(t("done", { title: item.title }));
      setAsking(null);
      await Promise.all([
        cache.invalidateQueries({ queryKey: ["home"] }),
        cache.invalidateQueries({ queryKey: [kind.code] }),
      ]);
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(null);
    }
  };

  return (
    <div className="q" data-testid="home-row">
      <span className="k" aria-hidden>
        <Icon name={icon} />
      </span>
      <Link to={(kind ? `${kind.route}/${item.id}` : "/") as never} className="q-text">
        <span className="t1 el">
          <span className="num t3">{item.number}</span> {item.title}
        </span>
        <span className="m el">
          {item.status_title}
          {other && ` · ${other.name}`} ·{" "}
          <span className={item.is_overdue ? "red num" : "num"}>{due}</span>
        </span>
      </Link>
      <span className="acts">
        {offered.map((action, index) => (
          <Button
            key={action.code}
            size="sm"
            look={index === 0 ? "default" : "quiet"}
            busy={busy === action.code}
            disabled={busy !== null}
            onClick={() => (action.needs_text ? setAsking(action) : void run(action))}
            data-testid={`home-action-${action.code}`}
          >
            {action.title}
          </Button>
        ))}
      </span>
      {asking && (
        <ReasonDialog
          action={asking}
          busy={busy !== null}
          onClose={() => setAsking(null)}
          onSend={(text) => void run(asking, text)}
        />
      )}
    </div>
  );
}

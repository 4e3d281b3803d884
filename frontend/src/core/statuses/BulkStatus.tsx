import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "../../api/request";
import type { ReachableStatus } from "../../api/statuses";
import { Icon } from "../../ui/icon";
import { Status, type Tone } from "../../ui/marks";
import { Menu, type MenuItem } from "../../ui/menu";
import { ReasonDialog } from "../cards/CardParts";
import type { CardKind } from "../entities/kind";
import { toneOfColor, useOwnStatuses } from "./statuses";
import "./words";

const MOST_ASKED = 200;

interface BulkStatusProps {
  kind: CardKind;
  ids: number[];
  busy: boolean;
  /** The tone of a base, for what the company has not painted. */
  toneOf: (base: string) => Tone;
  run: (action: string, values: object) => void;
}

/** «Статус…»: where the chosen cards may go; each of them answers for itself. Nothing without the company's statuses. */
export function BulkStatus({ kind, ids, busy, toneOf, run }: BulkStatusProps) {
  const { t } = useTranslation("statuses");
  const [opened, setOpened] = useState(false);
  const [asking, setAsking] = useState<ReachableStatus | null>(null);
  const isRefined = useOwnStatuses(kind).length > 0;
  // A few hundred tell where cards like these may go; each answers for itself anyway.
  const asked = ids.slice(0, MOST_ASKED);
  const query = useQuery({
    queryKey: [kind.code, "reachable", asked],
    queryFn: async () =>
      (
        await get<{ results: ReachableStatus[] }>("own-statuses/reachable/", {
          query: { kind: kind.code, ids: asked.join(",") },
        })
      ).results,
    enabled: opened && asked.length > 0,
  });
  if (!isRefined) return null;

  const start = (status: ReachableStatus) => {
    if (status.needs_text) setAsking(status);
    else run("status", { to: status.to });
  };
  const told = query.isError ? t("unread") : query.data ? t("nowhere") : t("reading");
  const items: MenuItem[] = query.data?.length
    ? query.data.map((status) => ({
        key: String(status.id),
        title: (
          <span className="row">
            <Status tone={toneOfColor(status.color, toneOf(status.base))}>{status.title}</Status>
            <span className="grow" />
            {status.cards < asked.length && (
              <span className="t3 num">
                {t("cardsOf", { count: status.cards, total: asked.length })}
              </span>
            )}
          </span>
        ),
        run: () => start(status),
      }))
    : [{ key: "none", title: told, disabled: true, run: () => undefined }];

  return (
    <>
      <Menu
        label={t("menu")}
        items={items}
        width={280}
        trigger={(aria) => (
          <button
            type="button"
            className="bb"
            disabled={busy}
            {...aria}
            onClick={() => {
              setOpened(true);
              aria.onClick();
            }}
            data-testid="bulk-status"
          >
            <Icon name="circle-dot" />
            {t("bulk")}
          </button>
        )}
      />
      {asking && (
        <ReasonDialog
          action={{ code: "move", title: asking.title, kind: "primary", needs_text: true }}
          busy={busy}
          onClose={() => setAsking(null)}
          onSend={(text) => {
            setAsking(null);
            run("status", { to: asking.to, text });
          }}
        />
      )}
    </>
  );
}

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../../../api/contract";
import type { ReservedNumber } from "../../../api/numbers";
import { sentenceOf } from "../../../api/problem";
import { del, get } from "../../../api/request";
import { PersonChip } from "../../../core/people/PersonChip";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { dateText } from "../../../ui/format";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { complain, say } from "../../../ui/toast";
import { ReserveDialog } from "./ReserveDialog";
import "./numbering.css";
import "./words";

const KEY = ["reserved-numbers"];

/** The last day on which a number waits: its moment is the midnight after it. */
const lastDay = (until: string): string => dateText(new Date(new Date(until).getTime() - 1));

/** Numbers that wait for their cards, whose they are and until when. */
export function Reserved() {
  const { t } = useTranslation("numbering");
  const [open, setOpen] = useState(false);
  const query = useInfiniteQuery({
    queryKey: [...KEY, "all"],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<Page<ReservedNumber>>("reserved-numbers/", {
        query: pageParam ? { cursor: pageParam } : {},
      }),
    getNextPageParam: (page) => page.next,
  });
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const refresh = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: KEY }),
      cache.invalidateQueries({ queryKey: ["numbering"] }),
    ]);
  const giveBack = async (row: ReservedNumber) => {
    try {
      await del(`reserved-numbers/${row.id}/`);
      say(t("givenBack", { number: row.number }));
    } catch (error) {
      complain(sentenceOf(error));
    }
    await refresh();
  };

  return (
    <section className="num-reserved" aria-label={t("reserved")} data-testid="reserved">
      <div className="set-h">
        <h2>{t("reserved")}</h2>
        <span className="grow" />
        <Button icon="plus" onClick={() => setOpen(true)} data-testid="reserve">
          {t("reserve")}
        </Button>
      </div>
      <p className="t2">{t("reservedAbout")}</p>
      {query.isPending && <Waiting />}
      {query.isError && !query.data && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data && rows.length === 0 && (
        <Empty icon="hash" title={t("reservedNone")} text={t("reservedNoneText")} />
      )}
      {rows.length > 0 && (
        <ul className="pane num-rows">
          {rows.map((row) => (
            <li key={row.id} className="num-row" data-testid="reserved-row">
              <span className="b">{row.number}</span>
              <span className="t3 f12">{row.kind_title}</span>
              <PersonChip person={row.holder} />
              <span className="t2">{t("untilDay", { day: lastDay(row.until) })}</span>
              {row.purpose && <span className="t2 num-purpose">{row.purpose}</span>}
              <span className="grow" />
              {row.can_give_back && (
                <Button
                  look="quiet"
                  onClick={() => void giveBack(row)}
                  aria-label={`${t("giveBack")} ${row.number}`}
                  data-testid="give-back"
                >
                  {t("giveBack")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button look="quiet" onClick={() => void query.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {open && <ReserveDialog onClose={() => setOpen(false)} onKept={refresh} />}
    </section>
  );
}

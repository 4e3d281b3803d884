import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Exchange, Page } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { get } from "../../../api/request";
import { amountText } from "../../../core/fields/values";
import { Button } from "../../../ui/button";
import { nearText } from "../../../ui/format";
import { Status, Tag, type Tone } from "../../../ui/marks";
import { secondsText } from "./seconds";
import "./words";

const TONES: Record<string, Tone> = {
  waiting: "blue",
  sent: "neutral",
  delivered: "green",
  unknown: "amber",
  failed: "red",
};
const LOOK_MS = 5000;

/** What went out by a channel: to whom, what it cost, how it ended. */
export function ExchangeLog({ channel }: { channel: string }) {
  const { t } = useTranslation("gateways");
  const query = useInfiniteQuery({
    queryKey: ["gateways", "log", channel],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Page<Exchange>>("notices/log/", {
        query: { channel, limit: 10, cursor: pageParam },
        signal,
      }),
    getNextPageParam: (page) => page.next,
    refetchInterval: LOOK_MS,
  });
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <div className="exchange">
      <h4>{t("log")}</h4>
      {query.isError && !query.data && <p className="hint">{sentenceOf(query.error)}</p>}
      {query.data && rows.length === 0 && <p className="hint">{t("logEmpty")}</p>}
      <ul>
        {rows.map((row) => (
          <Line key={row.id} row={row} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          size="sm"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </div>
  );
}

function Line({ row }: { row: Exchange }) {
  const { t } = useTranslation("gateways");
  const facts = [
    row.address,
    row.segments && t("segments", { count: row.segments }),
    row.price && t("price", { sum: amountText(row.price, true) }),
    row.attempts > 1 && t("attempts", { count: row.attempts }),
    row.duration_ms !== null && t("seconds", { seconds: secondsText(row.duration_ms) }),
    nearText(row.at),
  ].filter(Boolean);
  return (
    <li className="sending" data-testid="exchange" data-status={row.status}>
      <span className="el">
        {[row.person?.name, row.kind_title].filter(Boolean).join(" · ")}{" "}
        {row.is_demo && <Tag tone="amber">{t("demo")}</Tag>}{" "}
        <span className="t3 num">· {facts.join(" · ")}</span>
      </span>
      <Status tone={TONES[row.status] ?? "neutral"}>{row.status_title}</Status>
      {row.text && <span className="sending-error">{row.text}</span>}
      {row.error && <span className="sending-error">{row.error}</span>}
    </li>
  );
}

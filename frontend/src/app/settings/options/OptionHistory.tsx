import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import { get } from "../../../api/request";
import { PersonChip } from "../../../core/people/PersonChip";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { nearText } from "../../../ui/format";
import { Failed, Waiting } from "../../../ui/state";
import type { OptionHistory as Answer } from "./shapes";
import "./words";

/** Who has changed what, from what to what. */
export function OptionHistory({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("options");
  const query = useInfiniteQuery({
    queryKey: ["options", "history"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Answer>("options/history/", { query: { limit: 20, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next,
  });
  const lines = query.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Dialog title={t("history")} width={560} onClose={onClose}>
      {query.isPending && <Waiting rows={3} />}
      {query.isError && !query.data && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data && lines.length === 0 && <p className="t2">{t("historyEmpty")}</p>}
      <ul className="opt-history">
        {lines.map((line) => (
          <li key={line.id} data-testid="option-history-line">
            <div className="row">
              <PersonChip person={line.actor} />
              <span className="grow" />
              <time className="t3 f12 num" dateTime={line.at}>
                {nearText(line.at)}
              </time>
            </div>
            {line.changes.map((change) => (
              <p key={change.code}>
                {change.title}: <span className="t3">{change.old}</span> → <b>{change.new}</b>
              </p>
            ))}
          </li>
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
    </Dialog>
  );
}

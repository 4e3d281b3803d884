import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Page } from "../../../api/contract";
import type { ConsentLine } from "../../../api/leaving";
import { sentenceOf } from "../../../api/problem";
import { get } from "../../../api/request";
import { Button } from "../../../ui/button";
import { dateText, momentText } from "../../../ui/format";
import { Failed, Waiting } from "../../../ui/state";
import "../settings.css";
import "./words";

/** Who has agreed to what: for whoever answers for personal data. */
export function ConsentSection() {
  const { t } = useTranslation("data");
  const pages = useInfiniteQuery({
    queryKey: ["consents"],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      get<Page<ConsentLine>>("consents/", { query: { cursor: pageParam } }),
    getNextPageParam: (last) => last.next,
  });
  if (pages.isPending) return <Waiting rows={2} />;
  if (!pages.data) {
    return <Failed text={sentenceOf(pages.error)} onRetry={() => void pages.refetch()} />;
  }
  const rows = pages.data.pages.flatMap((page) => page.results);
  return (
    <section className="set-sec" data-testid="consents">
      <h3>{t("consents")}</h3>
      <p className="t2 data-do">{t("consentsText")}</p>
      {rows.length === 0 ? (
        <p className="t3">{t("consentsNone")}</p>
      ) : (
        <div className="pane over">
          <table className="set-tbl">
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td className="b">{row.person?.name ?? "—"}</td>
                  <td>{t("consentOf", { day: dateText(row.version) })}</td>
                  <td className="t3 num">{momentText(row.given_at)}</td>
                  <td className="t3 wide num">{row.ip ?? "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pages.hasNextPage && (
        <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </section>
  );
}

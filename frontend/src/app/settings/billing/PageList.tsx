import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import { Button } from "../../../ui/button";
import type { IconName } from "../../../ui/icon";
import { Empty, Failed, Waiting } from "../../../ui/state";
import type { Pages } from "./billing";
import "../settings.css";
import "./billing.css";
import "./words";

interface PageListProps<T> {
  pages: Pages<T>;
  title: string;
  /** How far what is listed goes. */
  hint?: string;
  icon: IconName;
  none: string;
  noneText: string;
  testId: string;
  children: (rows: T[]) => ReactNode;
}

/** A section whose rows come by pages, with what stands there while there are none. */
export function PageList<T>(props: PageListProps<T>) {
  const { pages, title, hint, icon, none, noneText, testId, children } = props;
  const { t } = useTranslation("billing");
  const rows = pages.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <section className="set-sec" aria-label={title} data-testid={testId}>
      <h3>{title}</h3>
      {hint && rows.length > 0 && <p className="t2 bill-intro">{hint}</p>}
      {pages.isPending && <Waiting rows={3} />}
      {pages.isError && !pages.data && (
        <Failed text={sentenceOf(pages.error)} onRetry={() => void pages.refetch()} />
      )}
      {pages.data && rows.length === 0 && <Empty icon={icon} title={none} text={noneText} />}
      {rows.length > 0 && children(rows)}
      {pages.hasNextPage && (
        <Button
          look="quiet"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
          data-testid={`${testId}-more`}
        >
          {t("more")}
        </Button>
      )}
    </section>
  );
}

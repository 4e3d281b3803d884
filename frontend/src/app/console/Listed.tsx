import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import type { IconName } from "../../ui/icon";
import { Empty, Failed, Waiting } from "../../ui/state";
import type { Pages } from "./data";
import "./console.css";
import "./words";

interface ListedProps<T> {
  pages: Pages<T>;
  icon: IconName;
  none: string;
  noneText: string;
  children: (rows: T[]) => ReactNode;
}

/** Rows that come by pages, with what stands there while there are none. */
export function Listed<T>({ pages, icon, none, noneText, children }: ListedProps<T>) {
  const { t } = useTranslation("console");
  const rows = pages.data?.pages.flatMap((page) => page.results) ?? [];
  if (pages.isPending) return <Waiting rows={6} />;
  if (!pages.data)
    return <Failed text={sentenceOf(pages.error)} onRetry={() => void pages.refetch()} />;
  if (rows.length === 0) return <Empty icon={icon} title={none} text={noneText} />;
  return (
    <>
      {children(rows)}
      {pages.hasNextPage && (
        <Button
          look="quiet"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </>
  );
}

/** A label with its value, one of a grid. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="con-fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

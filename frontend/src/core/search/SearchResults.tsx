import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Icon, iconNamed } from "../../ui/icon";
import { Empty, Failed, Waiting } from "../../ui/state";
import { HitText } from "./HitText";
import { isAsked, isTooShort, type useSearchPages } from "./search";
import "./words";

interface SearchResultsProps {
  pages: ReturnType<typeof useSearchPages>;
  text: string;
  kind: string;
}

/** Found cards, or why there are none. */
export function SearchResults({ pages, text, kind }: SearchResultsProps) {
  const { t } = useTranslation("search");
  if (isTooShort(text)) return <Empty icon="search" title={t("start")} text={t("tooShort")} />;
  if (!isAsked(text)) return <Empty icon="search" title={t("start")} text={t("startText")} />;
  if (pages.isError)
    return (
      <Failed
        title={t("failed")}
        text={sentenceOf(pages.error)}
        onRetry={() => void pages.refetch()}
      />
    );
  if (!pages.data) return <Waiting />;
  const hits = pages.data.pages.flatMap((page) => page.results);
  const shownFor = pages.data.pages[0]?.shown_for;
  if (hits.length === 0) {
    const words = kind ? t("nothingOfKind") : t("nothingText");
    return <Empty icon="search" title={t("nothing")} text={words} />;
  }
  return (
    <section aria-label={t("results")} aria-busy={pages.isPlaceholderData}>
      {shownFor && (
        <p className="find-other" role="status">
          {t("shownFor", { text: shownFor })}
        </p>
      )}
      <ul className={pages.isPlaceholderData ? "find-list old" : "find-list"}>
        {hits.map((hit) => (
          <li key={hit.card.ref}>
            <Link to={hit.card.route as never} className="find-hit" data-testid="search-hit">
              <Icon name={iconNamed(hit.card.icon)} size={18} />
              <HitText hit={hit} />
              <span className="f12 t3 find-note">
                <span className="vh">{hit.card.kind_title}, </span>
                {hit.card.status_title}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button
          onClick={() => void pages.fetchNextPage()}
          disabled={pages.isFetchingNextPage}
          data-testid="search-more"
        >
          {t("more")}
        </Button>
      )}
    </section>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Facsimiles } from "../../api/prints";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { may, useMe } from "../../core/session/session";
import { Failed, Waiting } from "../../ui/state";
import { FACSIMILES, FacsimileSection } from "./prints/FacsimileSection";
import "./settings.css";
import "./prints/prints.css";
import "./prints/words";

/** Pictures that stand on approved papers: the company's stamp and one's own signature. */
export function Screen() {
  const { t } = useTranslation("facsimiles");
  const me = useMe();
  const query = useQuery({
    queryKey: FACSIMILES,
    queryFn: ({ signal }) => get<Facsimiles>("facsimiles/", { signal }),
  });
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      <p className="t2 facsimile-intro">{t("note")}</p>
      {may(me, "templates.manage") && (
        <p className="hint facsimile-intro">
          {t("optionNote")} <Link to={"/settings/options" as never}>{t("toOption")}</Link>
        </p>
      )}
      {query.isPending && <Waiting rows={4} />}
      {query.isError && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data?.results.map((one) => (
        <FacsimileSection key={`${one.whose}-${one.width_mm}`} one={one} />
      ))}
    </>
  );
}

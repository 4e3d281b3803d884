import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PersonData, PersonFile } from "../../../api/leaving";
import { sentenceOf } from "../../../api/problem";
import { get, post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { openFile } from "../../../core/sheets/exporting";
import { Button } from "../../../ui/button";
import { dateText, nearText, sizeText } from "../../../ui/format";
import { complain, say } from "../../../ui/toast";
import { ProofDialog } from "./ProofDialog";
import "./data.css";
import "./words";

const LOOK_AGAIN_MS = 1000;

/** All that is known of one person: in a file, or taken away when he has left. */
export function PersonSection({ employeeId, own }: { employeeId: number; own: boolean }) {
  const { t } = useTranslation("data");
  const key = ["persons", employeeId];
  const found = useQuery({
    queryKey: key,
    queryFn: () => get<PersonData>(`persons/${employeeId}/data/`),
    refetchInterval: (query) =>
      query.state.data?.results.some((one) => one.state === "waiting") ? LOOK_AGAIN_MS : false,
  }).data;
  const [asking, setAsking] = useState<"file" | "name" | null>(null);
  if (!found) return null;

  const take = async (proof: object) => {
    await post(`persons/${employeeId}/data/`, proof);
    await cache.invalidateQueries({ queryKey: key });
  };
  const forget = async (proof: object) => {
    await post(`persons/${employeeId}/anonymise/`, proof);
    say(t("anonymised"));
    await cache.invalidateQueries();
  };

  return (
    <section className="set-sec" data-testid="person-data">
      <h3>{t("person")}</h3>
      <p className="t2 data-do">{t(own ? "personOwn" : "personOther")}</p>
      {found.anonymised_at && (
        <p className="notice data-do">{t("personGone", { when: dateText(found.anonymised_at) })}</p>
      )}
      {found.results.map((file) => (
        <FileLine key={file.id} employeeId={employeeId} file={file} />
      ))}
      <div className="row">
        <Button icon="download" onClick={() => setAsking("file")} data-testid="person-ask">
          {t("personAsk")}
        </Button>
        {found.may_anonymise && (
          <Button look="danger" onClick={() => setAsking("name")} data-testid="person-anonymise">
            {t("anonymise")}
          </Button>
        )}
      </div>
      {asking && (
        <ProofDialog
          title={t(asking === "file" ? "personAsk" : "anonymise")}
          text={t(asking === "file" ? "personWhat" : "anonymiseWhat")}
          asksCode={found.asks_code}
          danger={asking === "name"}
          onProved={asking === "file" ? take : forget}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}

function FileLine({ employeeId, file }: { employeeId: number; file: PersonFile }) {
  const { t } = useTranslation("data");
  const open = async () => {
    try {
      const path = `persons/${employeeId}/data/${file.id}/open/`;
      openFile((await post<{ url: string }>(path)).url);
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  return (
    <div className="tree-row wraps data-do" data-testid="person-file" data-state={file.state}>
      <span className="grow">{t("personFile", { when: nearText(file.created_at) })}</span>
      {file.state === "ready" ? (
        <Button size="sm" icon="download" onClick={() => void open()}>
          {t("personOpen", { size: sizeText(file.size) })}
        </Button>
      ) : (
        <span className="f12 t3" role="status">
          {t("personWaits")}
        </span>
      )}
    </div>
  );
}

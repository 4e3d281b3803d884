import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { momentText } from "../../ui/format";
import { Failed, Waiting } from "../../ui/state";
import { type CardKind, keys } from "../entities/kind";
import { useMe } from "../session/session";
import "./print.css";
import type { ReadCard } from "./ReadersSection";
import { everybody } from "./readers";
import "./words";

interface PrintSheetProps {
  kind: CardKind;
  card: ReadCard;
  onClose: () => void;
}

/** The list on paper: whose, of what, who and when, and a place to sign. */
export function PrintSheet({ kind, card, onClose }: PrintSheetProps) {
  const { t } = useTranslation("readers");
  const { company } = useMe();
  const query = useQuery({
    queryKey: [...keys.readers(kind, card.id), "print"],
    queryFn: () => everybody(kind, card.id),
    staleTime: 0,
  });
  const readers = query.data;
  return (
    <Dialog title={t("print")} width={860} onClose={onClose}>
      {query.isPending && <Waiting rows={4} />}
      {query.isError && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {readers && (
        <div className="stack">
          <div className="row no-print">
            <Button
              look="primary"
              icon="printer"
              onClick={() => window.print()}
              data-autofocus
              data-testid="print-now"
            >
              {t("printNow")}
            </Button>
          </div>
          <article className="paper" data-testid="paper">
            <p className="paper-company">{company.name}</p>
            <h1>{t("printTitle")}</h1>
            <p className="paper-card">
              {card.number && <span className="num">{card.number} </span>}
              {card.title}
            </p>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("columnNumber")}</th>
                  <th scope="col">{t("columnName")}</th>
                  <th scope="col">{t("columnAsked")}</th>
                  <th scope="col">{t("columnDone")}</th>
                  <th scope="col">{t("columnSign")}</th>
                </tr>
              </thead>
              <tbody>
                {readers.map((reader, index) => (
                  <tr key={reader.id}>
                    <td className="num">{index + 1}</td>
                    <td>{reader.person.full_name}</td>
                    <td>{momentText(reader.asked_at)}</td>
                    <td>{reader.done_at ? momentText(reader.done_at) : ""}</td>
                    <td />
                  </tr>
                ))}
              </tbody>
            </table>
            <p className="paper-foot">{t("printed", { when: momentText(new Date()) })}</p>
          </article>
        </div>
      )}
    </Dialog>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CheckedForm, CheckedPlace, PrintForm } from "../../api/prints";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { Failed, Waiting } from "../../ui/state";
import type { CardKind } from "../entities/kind";
import { CardPicker } from "../fields/CardPicker";
import "./prints.css";
import "./words";

interface CheckDialogProps {
  kind: CardKind;
  form: PrintForm;
  onClose: () => void;
}

interface Card {
  id: number;
  title: string;
}

/** Every place of a form with its value on a real card: what is unknown, empty, or asks for a case. */
export function CheckDialog({ kind, form, onClose }: CheckDialogProps) {
  const { t } = useTranslation("prints");
  const [card, setCard] = useState<Card | null>(null);
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  return (
    <Dialog title={t("checkTitle", { title: form.title })} width={760} onClose={onClose}>
      <div className="stack">
        {!card && <p className="t2">{t("checkNote")}</p>}
        <div className="row" ref={anchor}>
          {card && <span className="grow el b">{card.title}</span>}
          <Button
            look={card ? "default" : "primary"}
            onClick={() => setOpen(true)}
            data-autofocus
            data-testid="check-card"
          >
            {t(card ? "checkOther" : "checkPick")}
          </Button>
        </div>
        {open && (
          <CardPicker
            anchor={anchor.current}
            label={t("checkPick")}
            own=""
            kinds={[kind.code]}
            onClose={() => setOpen(false)}
            onPick={(found) => {
              setOpen(false);
              setCard({ id: Number(found.key.split("/")[1]), title: found.title });
            }}
          />
        )}
        {card && <Checked form={form} card={card.id} />}
      </div>
    </Dialog>
  );
}

const isFaulty = (one: CheckedPlace): boolean => Boolean(one.error) || one.is_empty;

/** The answer about one card. */
export function Checked({ form, card }: { form: PrintForm; card: number }) {
  const { t } = useTranslation("prints");
  const query = useQuery({
    queryKey: ["print-check", form.id, form.version, card],
    staleTime: 0,
    retry: false,
    queryFn: ({ signal }) =>
      get<CheckedForm>(`print-templates/${form.id}/check/${card}/`, { signal }),
  });
  if (query.isPending) return <Waiting rows={5} />;
  if (!query.data) {
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  const places = query.data.results;
  if (places.length === 0) return <p className="hint">{t("checkNothing")}</p>;
  const count = places.filter(isFaulty).length;
  return (
    <>
      <p className={count > 0 ? "notice tone-amber" : "notice tone-green"} role="status">
        <Icon name={count > 0 ? "circle-alert" : "circle-check-big"} />
        <span>{count > 0 ? t("checkFaults", { count }) : t("checkSound")}</span>
      </p>
      <table className="print-check" data-testid="check-places">
        <thead>
          <tr>
            <th>{t("place")}</th>
            <th>{t("stands")}</th>
          </tr>
        </thead>
        <tbody>
          {places.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same place may stand in a form many times.
            <Place key={at} one={one} />
          ))}
        </tbody>
      </table>
    </>
  );
}

const braced = (text: string): string => `{{ ${text} }}`;

function Place({ one }: { one: CheckedPlace }) {
  const { t } = useTranslation("prints");
  return (
    <tr data-testid="check-place">
      <td>
        <code>{braced(one.text)}</code>
      </td>
      <td>
        {one.error && <p className="red">{one.error}</p>}
        {one.suggestion && <p>{t("meant", { name: braced(one.suggestion) })}</p>}
        {!one.error && one.is_empty && <p className="amber">{t("isEmpty")}</p>}
        {!one.error && !one.is_empty && <p>{one.value}</p>}
        {one.case && (
          <p className="t3">
            {t("caseAsked", { because: one.because, case: one.case })}{" "}
            <code>{braced(`${one.text} | ${one.case}`)}</code>
          </p>
        )}
      </td>
    </tr>
  );
}

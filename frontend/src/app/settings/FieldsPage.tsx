import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardKindSettings, FieldSettings } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Segmented } from "../../ui/marks";
import { Empty, Failed, Waiting } from "../../ui/state";
import { FieldDialog } from "./fields/FieldDialog";
import { FieldRows } from "./fields/FieldRows";
import "./fields/fields.css";
import { useCardKinds, useFieldSettings } from "./fields/settings";
import { TypesBar } from "./fields/TypesBar";
import "./fields/words";
import { StatusesPart } from "./statuses/StatusesPart";
import "./statuses/words";
import "./settings.css";
import "./words";

/** Kinds of cards, their types, the fields that the company adds to them and the statuses that it makes of them. */
export function Screen() {
  const { t } = useTranslation("settings");
  const { t: own } = useTranslation("fieldset");
  const kinds = useCardKinds();
  const { t: statuses } = useTranslation("statusset");
  const [code, setCode] = useState("");
  const [about, setAbout] = useState<"fields" | "statuses">("fields");
  const known = kinds.data?.results ?? [];
  const kind = known.find((one) => one.code === code) ?? known.at(-1);
  return (
    <>
      <div className="set-h">
        <h2>{t("fields")}</h2>
      </div>
      {kinds.isPending && <Waiting />}
      {kinds.isError && (
        <Failed text={sentenceOf(kinds.error)} onRetry={() => void kinds.refetch()} />
      )}
      {kind && (
        <>
          <div className="kind-choice">
            <Segmented
              label={own("kinds")}
              value={kind.code}
              options={[...known].reverse().map((one) => ({ value: one.code, title: one.title }))}
              onChange={setCode}
            />
          </div>
          <TypesBar kind={kind} />
          {kind.can_refine && (
            <div className="kind-choice">
              <Segmented
                label={own("about")}
                value={about}
                options={[
                  { value: "fields", title: own("fields") },
                  { value: "statuses", title: statuses("title") },
                ]}
                onChange={setAbout}
              />
            </div>
          )}
          {kind.can_refine && about === "statuses" ? (
            <StatusesPart key={kind.code} kind={kind} />
          ) : (
            <Fields key={kind.code} kind={kind} kinds={known} />
          )}
        </>
      )}
    </>
  );
}

function Fields({ kind, kinds }: { kind: CardKindSettings; kinds: CardKindSettings[] }) {
  const { t } = useTranslation("fieldset");
  const query = useFieldSettings(kind.code);
  const [open, setOpen] = useState<FieldSettings | "new" | null>(null);
  const all = query.data ?? [];
  const add = (
    <Button look="primary" icon="plus" onClick={() => setOpen("new")} data-testid="field-add">
      {t("add")}
    </Button>
  );
  return (
    <section className="set-sec fieldset" aria-label={t("fields")}>
      <header className="row">
        <h3 className="grow">{t("fields")}</h3>
        {all.length > 0 && add}
      </header>
      {query.isPending && <Waiting />}
      {query.isError && (
        <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data && all.length === 0 && (
        <Empty icon="list-ordered" title={t("none")} text={t("noneText")}>
          {add}
        </Empty>
      )}
      <FieldRows kind={kind} fields={all} onOpen={setOpen} />
      {open && (
        <FieldDialog
          kind={kind}
          kinds={kinds}
          fields={all}
          field={open === "new" ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

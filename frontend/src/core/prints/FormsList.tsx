import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PrintForm } from "../../api/prints";
import { reasonOf, sentenceOf } from "../../api/problem";
import { patch } from "../../api/request";
import { Button, IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Tag } from "../../ui/marks";
import { Menu } from "../../ui/menu";
import { Empty, Failed, Waiting } from "../../ui/state";
import { complain } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import { cache } from "../session/cache";
import { CheckDialog } from "./CheckDialog";
import { FormDialog } from "./FormDialog";
import { base64Of, FORMS, useForms } from "./forms";
import { addressOfPaper } from "./papers";
import "./prints.css";
import "./words";

interface FormsListProps {
  kind: CardKind;
  /** Types that the kind's cards may be of; the kind's own has an empty code. */
  types: { code: string; title: string }[];
}

const refresh = () => cache.invalidateQueries({ queryKey: FORMS });

/** Print forms of a kind: files with places in them, and what is wrong with each. */
export function FormsList({ kind, types }: FormsListProps) {
  const { t } = useTranslation("prints");
  const query = useForms(kind, null);
  const [adding, setAdding] = useState(false);
  if (query.isPending) return <Waiting rows={5} />;
  if (!query.data) {
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  const titleOf = (code: string) =>
    code ? (types.find((one) => one.code === code)?.title ?? code) : t("anyType");
  const add = (
    <Button look="primary" icon="upload" onClick={() => setAdding(true)} data-testid="form-add">
      {t("add")}
    </Button>
  );
  return (
    <div className="prints">
      {query.data.length === 0 ? (
        <Empty icon="printer" title={t("empty")} text={t("emptyText")}>
          {add}
        </Empty>
      ) : (
        <>
          <div className="row prints-h">
            <p className="hint grow">{t("note", { place: "{{ контрагент }}" })}</p>
            {add}
          </div>
          {query.data.map((form) => (
            <FormLine key={form.id} kind={kind} form={form} type={titleOf(form.card_type)} />
          ))}
        </>
      )}
      {adding && <FormDialog kind={kind} types={types} onClose={() => setAdding(false)} />}
    </div>
  );
}

interface FormLineProps {
  kind: CardKind;
  form: PrintForm;
  type: string;
}

function FormLine({ kind, form, type }: FormLineProps) {
  const { t } = useTranslation("prints");
  const [checking, setChecking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const change = async (given: object) => {
    try {
      await patch(`print-templates/${form.id}/`, given, { ifMatch: form.version });
    } catch (error) {
      complain(reasonOf(error));
    }
    await refresh();
  };
  const replace = async (file: File) =>
    change({ file_name: file.name, content: await base64Of(file) });
  return (
    <div className="print-line" data-testid="form-line">
      <Icon name="printer" />
      <span className="grow print-what">
        <b>{form.title}</b>
        <span className="t3 f12">
          {[type, form.file_name, form.formats.join(", ").toUpperCase()].join(" · ")}
        </span>
        {form.unknown.length > 0 && (
          <span className="red f12">{t("unknown", { names: form.unknown.join(", ") })}</span>
        )}
      </span>
      {form.is_archived && <Tag>{t("archived")}</Tag>}
      <Menu
        label={t("actions")}
        alignEnd
        items={[
          {
            key: "check",
            title: t("check"),
            icon: "list-checks",
            run: () => setChecking(true),
          },
          {
            key: "download",
            title: t("download"),
            icon: "download",
            run: () => window.location.assign(addressOfPaper(`print-templates/${form.id}/file/`)),
          },
          {
            key: "replace",
            title: t("replace"),
            icon: "upload",
            run: () => input.current?.click(),
          },
          {
            key: "archive",
            title: t(form.is_archived ? "bringBack" : "archive"),
            icon: form.is_archived ? "rotate-ccw" : "trash-2",
            run: () => void change({ is_archived: !form.is_archived }),
          },
        ]}
        trigger={(open) => <IconButton icon="ellipsis" label={t("actions")} {...open} />}
      />
      {checking && <CheckDialog kind={kind} form={form} onClose={() => setChecking(false)} />}
      <input
        ref={input}
        type="file"
        className="vh"
        tabIndex={-1}
        aria-label={t("replace")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void replace(file);
          event.target.value = "";
        }}
      />
    </div>
  );
}

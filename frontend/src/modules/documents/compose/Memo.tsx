import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { act } from "../../../core/entities/card";
import type { ComposerProps } from "../../../core/entities/module";
import { PersonInput } from "../../../core/people/PersonInput";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextAreaField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { memory } from "../../../ui/store";
import { complain, say } from "../../../ui/toast";
import { DOCUMENTS, type Doc } from "../document";
import { useDocumentTypes } from "../reads";
import { titleOfMemo } from "./draft";
import { makeDraft } from "./making";
import "../documents.css";
import "./words";

interface Draft {
  to: Person | null;
  text: string;
}

const KEY = "pult.draft.documents.memo";
const MEMO = "memo";
const EMPTY: Draft = { to: null, text: "" };

const remembered = (): Draft => {
  const raw = memory.read(KEY);
  return raw ? (JSON.parse(raw) as Draft) : EMPTY;
};

/** Whichever of these the server offers is how a memo goes on its way. */
const GOES = ["send", "register", "submit"];

/** A recipient and a text: the rest is done by the house. */
export function Composer({ onClose, onMade }: ComposerProps) {
  const { t } = useTranslation("documents_new");
  const navigate = useNavigate();
  const types = useDocumentTypes();
  const type = types.data?.find((one) => one.code === MEMO && one.may_create);
  const [draft, setDraft] = useState(remembered);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  const change = (next: Partial<Draft>) => {
    const whole = { ...draft, ...next };
    setDraft(whole);
    setErrors({});
    memory.write(KEY, whole.text.trim() || whole.to ? JSON.stringify(whole) : null);
  };
  const open = (made: Doc) => void navigate({ to: `${DOCUMENTS.route}/${made.id}` } as never);

  const send = async () => {
    const wrong: Record<string, string> = {};
    if (!draft.to) wrong.addressee = t("memoNeedTo");
    if (!draft.text.trim()) wrong.content = t("memoNeedText");
    setErrors(wrong);
    if (Object.keys(wrong).length > 0 || !draft.to) return;
    setBusy(true);
    try {
      const title = titleOfMemo(draft.text);
      const body = { card_type: MEMO, title, content: draft.text.trim(), addressee: draft.to.id };
      const made = await makeDraft(body);
      memory.write(KEY, null);
      onMade?.(made.ref);
      await letGo(made, draft.to);
      onClose();
    } catch (problem) {
      const fields = problem instanceof ApiProblem ? problem.fields : {};
      const named = fields.addressee || fields.content;
      setErrors(named ? fields : { content: sentenceOf(problem) });
    } finally {
      setBusy(false);
    }
  };

  /** The draft is kept whatever comes in the way of sending it. */
  const letGo = async (made: Doc, to: Person) => {
    const deed = made.actions?.find((one) => GOES.includes(one.code));
    const action = { title: t("open"), run: () => open(made) };
    if (!deed) return void say(t("memoKept"), { action });
    try {
      await act(DOCUMENTS, made.id, deed);
      void cache.invalidateQueries({ queryKey: [DOCUMENTS.code] });
      say(t(`memoDone_${deed.code}` as never, { name: to.name }) as unknown as string, { action });
    } catch (problem) {
      complain(t("memoNotSent", { reason: sentenceOf(problem) }));
      open(made);
    }
  };

  return (
    <Dialog title={t("memo")} width={560} onClose={onClose}>
      {types.isPending && <Waiting rows={4} />}
      {types.isError && (
        <Failed text={sentenceOf(types.error)} onRetry={() => void types.refetch()} />
      )}
      {types.isSuccess && !type && (
        <Empty icon="shield-check" title={t("memoShut")} text={t("memoShutText")} />
      )}
      {type && (
        <Form
          className="stack"
          onSubmit={() => void send()}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            event.currentTarget.requestSubmit();
          }}
        >
          <div>
            <span className="lbl">{t("memoTo")}</span>
            <PersonInput
              label={t("memoTo")}
              value={draft.to}
              onPick={(to) => change({ to })}
              data-testid="memo-to"
            />
            {errors.addressee && (
              <div className="fld-msg err" role="alert">
                {errors.addressee}
              </div>
            )}
          </div>
          <TextAreaField
            label={t("memoText")}
            hint={t("memoTextHint")}
            rows={7}
            value={draft.text}
            error={errors.content}
            onChange={(event) => change({ text: event.target.value })}
            data-testid="memo-text"
          />
          <div className="row doc-deeds">
            <Button look="primary" icon="send" type="submit" busy={busy} data-testid="memo-send">
              {t("memoSend")}
            </Button>
            <span className="grow" />
            <span className="kbd">Ctrl+Enter</span>
          </div>
        </Form>
      )}
    </Dialog>
  );
}
